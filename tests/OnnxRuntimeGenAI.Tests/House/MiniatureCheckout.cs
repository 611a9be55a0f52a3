using OnnxChat.OnnxRuntimeGenAI.Tests.Builds;
using OnnxChat.Testing;

namespace OnnxChat.OnnxRuntimeGenAI.Tests.House;

/// <summary>A checkout of empty projects under the house's own rule of references.</summary>
internal sealed class MiniatureCheckout : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <param name="name">The folder of the checkout.</param>
    public MiniatureCheckout(string name)
    {
        Root = _folder[name];
        Directory.CreateDirectory(Path.Combine(Root, "eng"));
        Directory.CreateDirectory(_folder["tmp"]);
        File.Copy(Path.Combine(Repository.Root, "eng", "References.targets"), Path.Combine(Root, "eng", "References.targets"));
        File.WriteAllText(Path.Combine(Root, "Directory.Build.props"), "<Project><PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup></Project>");
        File.WriteAllText(Path.Combine(Root, "Directory.Build.targets"), """<Project><Import Project="eng/References.targets" /></Project>""");
        File.WriteAllText(Path.Combine(Root, "nuget.config"), "<configuration><packageSources><clear /></packageSources></configuration>");
    }

    private string Root { get; }

    /// <summary>Adds an empty project under <c>src</c> that references these others there.</summary>
    public MiniatureCheckout With(string project, params IEnumerable<string> references)
    {
        Directory.CreateDirectory(Path.Combine(Root, "src", project));
        var items = references.Select(reference => $"""<ProjectReference Include="../{reference}/{reference}.csproj" />""");
        File.WriteAllText(
            Path.Combine(Root, "src", project, project + ".csproj"),
            $"""<Project Sdk="Microsoft.NET.Sdk"><ItemGroup>{string.Concat(items)}</ItemGroup></Project>""");
        return this;
    }

    public Task<BuildResult> BuildAsync(string project) => DotNet.RunAsync(
        Root,
        ["build", $"src/{project}", "-m:1", "-nodeReuse:false", "-tl:off", "-clp:NoSummary"],
        new Dictionary<string, string> { ["TMPDIR"] = _folder["tmp"], ["TMP"] = _folder["tmp"] },
        TestContext.Current.CancellationToken);

    public void Dispose() => _folder.Dispose();
}
