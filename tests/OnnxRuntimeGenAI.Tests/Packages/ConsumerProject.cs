using OnnxChat.OnnxRuntimeGenAI.Tests.Builds;
using OnnxChat.Testing;

namespace OnnxChat.OnnxRuntimeGenAI.Tests.Packages;

/// <summary>
/// A project outside the repository that has our packages from a folder and everything else from the user's packages.
/// Ours are unpacked into a folder of its own, so that none of an earlier run stands in for them.
/// </summary>
internal sealed class ConsumerProject : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <param name="feed">The folder with our packages.</param>
    /// <param name="sdk">The project's SDK, such as <c>Microsoft.NET.Sdk.Web</c>.</param>
    /// <param name="package">The package that the project asks for, in the version that is there.</param>
    public ConsumerProject(string feed, string sdk, string package)
    {
        Directory.CreateDirectory(_folder["tmp"]);
        Directory.CreateDirectory(_folder["app"]);
        File.WriteAllText(_folder["app", "App.csproj"], $"""
            <Project Sdk="{sdk}">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
              </PropertyGroup>
              <ItemGroup><PackageReference Include="{package}" Version="{BuiltPackage.Find(feed, package).Value("version")}" /></ItemGroup>
            </Project>
            """);
        File.WriteAllText(_folder["app", "nuget.config"], $"""
            <configuration>
              <packageSources><clear /><add key="packed" value="{feed}" /></packageSources>
              <fallbackPackageFolders><clear /><add key="user" value="{NuGetFolders.User}" /></fallbackPackageFolders>
            </configuration>
            """);
    }

    /// <summary>Adds a source file.</summary>
    public ConsumerProject With(string file, string text)
    {
        File.WriteAllText(_folder["app", file], text);
        return this;
    }

    /// <summary>Restores and builds.</summary>
    public Task<BuildResult> BuildAsync() => RunAsync(["build", "-p:NuGetAudit=false", "-m:1", "-nodeReuse:false", "-tl:off", "-clp:NoSummary"]);

    /// <summary>Runs what was built.</summary>
    public Task<BuildResult> RunProgramAsync(params IEnumerable<string> arguments) =>
        RunAsync([_folder["app", "bin", "Debug", "net10.0", "App.dll"], .. arguments]);

    /// <summary>Packages that the build took from the feed.</summary>
    public IEnumerable<string> Installed() => Directory.GetDirectories(_folder["packages"]).Select(f => Path.GetFileName(f)!);

    public void Dispose() => _folder.Dispose();

    private Task<BuildResult> RunAsync(IEnumerable<string> arguments) => DotNet.RunAsync(
        _folder["app"],
        arguments,
        new Dictionary<string, string> { ["NUGET_PACKAGES"] = _folder["packages"], ["TMPDIR"] = _folder["tmp"], ["TMP"] = _folder["tmp"] },
        TestContext.Current.CancellationToken);
}
