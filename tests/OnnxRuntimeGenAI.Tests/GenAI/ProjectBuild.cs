using OnnxChat.OnnxRuntimeGenAI.Tests.Builds;
using OnnxChat.Testing;

namespace OnnxChat.OnnxRuntimeGenAI.Tests.GenAI;

/// <summary>Builds and evaluations of this checkout's own projects.</summary>
internal static class ProjectBuild
{
    public static string Project(string name) => Path.Combine(Repository.Root, "src", name, name + ".csproj");

    /// <summary>Runs <c>dotnet</c> in the checkout, with the console's output plain.</summary>
    public static Task<BuildResult> RunAsync(IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? variables = null) =>
        DotNet.RunAsync(
            Repository.Root,
            [.. arguments, "-nologo", "-m:1", "-nodeReuse:false", "-tl:off", "-clp:NoSummary"],
            variables ?? new Dictionary<string, string>(),
            TestContext.Current.CancellationToken);
}
