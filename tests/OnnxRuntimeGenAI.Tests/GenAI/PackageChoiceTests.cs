using System.Text.Json;

namespace OnnxChat.OnnxRuntimeGenAI.Tests.GenAI;

public sealed class PackageChoiceTests
{
    [Theory]
    [InlineData("Cpu", "Microsoft.ML.OnnxRuntimeGenAI")]
    [InlineData("Cuda", "Microsoft.ML.OnnxRuntimeGenAI.Cuda")]
    [InlineData("DirectML", "Microsoft.ML.OnnxRuntimeGenAI.DirectML")]
    public async Task Evaluate_OfficialPackage_TakesItAndNothingFromNpm(string choice, string package)
    {
        var evaluated = await EvaluateAsync("OnnxRuntimeGenAI", choice);

        Assert.Equal([package], Items(evaluated, "PackageReference").Where(IsRuntime));
        Assert.Empty(Items(evaluated, "NpmPackage"));
        // An assembly of the package's own name would stand in its place.
        Assert.Equal("OnnxChat.OnnxRuntimeGenAI", Property(evaluated, "AssemblyName"));
        AssertNoLockFile(evaluated);
    }

    [Fact]
    public async Task Evaluate_OfficialPackage_ConsumersHaveNoLockFileEither() =>
        AssertNoLockFile(await EvaluateAsync("Connector", "Cpu"));

    [Fact]
    public async Task Evaluate_NoChoice_TakesNpmAndTheLockFile()
    {
        var evaluated = await EvaluateAsync("OnnxRuntimeGenAI", "");

        Assert.Equal(["Microsoft.ML.OnnxRuntime"], Items(evaluated, "PackageReference").Where(IsRuntime));
        Assert.Single(Items(evaluated, "NpmPackage"));
        Assert.Equal("Microsoft.ML.OnnxRuntimeGenAI", Property(evaluated, "AssemblyName"));
        Assert.Equal("true", Property(evaluated, "RestorePackagesWithLockFile"));
    }

    [Theory]
    [InlineData("OnnxRuntimeGenAI")]
    [InlineData("Connector")]
    public async Task Build_UnknownPackage_NamesTheAllowedOnes(string project)
    {
        var result = await ProjectBuild.RunAsync(["build", ProjectBuild.Project(project), "-p:OnnxRuntimeGenAIPackage=Nonsense"]);

        Assert.Contains("OnnxRuntimeGenAIPackage is 'Nonsense'; it takes Cpu, Cuda or DirectML, or nothing", result.AssertOnlyError("GENAI001"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Build_PlatformThatNpmLacks_NamesThoseItHas()
    {
        var result = await ProjectBuild.RunAsync(["build", ProjectBuild.Project("OnnxRuntimeGenAI"), "--no-restore", "-p:GenAIPlatform="]);

        var error = result.AssertOnlyError("GENAI002");
        Assert.Contains("it has linux-x64, win-x64, win-arm64 and osx-arm64", error, StringComparison.Ordinal);
        Assert.Contains("-p:OnnxRuntimeGenAIPackage=Cpu", error, StringComparison.Ordinal);
    }

    private static bool IsRuntime(string package) => package.StartsWith("Microsoft.ML.", StringComparison.Ordinal);

    /// <remarks>NuGet takes a lock file that lies there even when the project does not ask for one.</remarks>
    private static void AssertNoLockFile(JsonElement evaluated)
    {
        Assert.Equal("", Property(evaluated, "RestorePackagesWithLockFile"));
        var file = Property(evaluated, "NuGetLockFilePath");
        Assert.NotEqual("", file);
        Assert.False(File.Exists(file), $"{file} is there, and NuGet would follow it.");
    }

    private static async Task<JsonElement> EvaluateAsync(string project, string choice)
    {
        var result = await ProjectBuild.RunAsync(
            ["msbuild", ProjectBuild.Project(project), "-getItem:PackageReference,NpmPackage", "-getProperty:AssemblyName,RestorePackagesWithLockFile,NuGetLockFilePath", $"-p:OnnxRuntimeGenAIPackage={choice}"]);
        result.AssertSucceeded();
        return JsonElement.Parse(result.Output);
    }

    private static IEnumerable<string> Items(JsonElement evaluated, string name) =>
        evaluated.GetProperty("Items").GetProperty(name).EnumerateArray().Select(item => item.GetProperty("Identity").GetString()!);

    private static string Property(JsonElement evaluated, string name) =>
        evaluated.GetProperty("Properties").GetProperty(name).GetString()!;
}
