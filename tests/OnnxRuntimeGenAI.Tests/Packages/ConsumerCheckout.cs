using OnnxChat.OnnxRuntimeGenAI.Tests.Builds;
using OnnxChat.Testing;

namespace OnnxChat.OnnxRuntimeGenAI.Tests.Packages;

/// <summary>
/// A copy of the connector's sources with a program that asks it one question. Packages come from a feed of the test's own
/// and, those that this checkout was built with, from the user's folder; nothing is written there.
/// </summary>
internal sealed class ConsumerCheckout : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public ConsumerCheckout()
    {
        Directory.CreateDirectory(Root());
        foreach (var file in new[] { "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props", "global.json", ".editorconfig" })
            File.Copy(Path.Combine(Repository.Root, file), Root(file));
        foreach (var part in new[] { "eng", "manifests/teams", "src/Connector", "src/OnnxRuntimeGenAI" })
            Copy(Path.Combine(Repository.Root, part), Root(part));

        Directory.CreateDirectory(_folder["tmp"]);
        Directory.CreateDirectory(Root("ask"));
        File.WriteAllText(Root("ask", "Ask.csproj"), """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><OutputType>Exe</OutputType></PropertyGroup>
              <ItemGroup><ProjectReference Include="../src/Connector/Connector.csproj" /></ItemGroup>
            </Project>
            """);
        File.WriteAllText(Root("ask", "Program.cs"), """
            using Microsoft.Extensions.AI;
            using OnnxChat.Connector;

            using var chat = new OnnxChatService(args[0]);
            var answer = await chat.GetResponseAsync([new ChatMessage(ChatRole.User, args[1])], new ChatOptions { Temperature = 0 }).ConfigureAwait(false);
            Console.WriteLine(answer.Text);
            """);
        File.WriteAllText(Root("nuget.config"), $"""
            <configuration>
              <packageSources><clear /><add key="stand-ins" value="{Feed}" /></packageSources>
              <fallbackPackageFolders><clear /><add key="user" value="{NuGetFolders.User}" /></fallbackPackageFolders>
            </configuration>
            """);
    }

    /// <summary>Where the packages of <see cref="StandInFeed"/> go.</summary>
    public string Feed => _folder["feed"];

    /// <summary>Restores and builds the program with a package choice.</summary>
    public Task<BuildResult> BuildAsync(string choice) => RunAsync(
        ["build", "ask", $"-p:OnnxRuntimeGenAIPackage={choice}", "-p:NuGetAudit=false", "-m:1", "-nodeReuse:false", "-tl:off", "-clp:NoSummary"]);

    /// <summary>Packs the connector as it was built with a package choice.</summary>
    /// <returns>The package.</returns>
    public async Task<BuiltPackage> PackConnectorAsync(string choice)
    {
        (await RunAsync(["pack", "src/Connector", "--no-build", "-c", "Debug", "-o", _folder["packed"], $"-p:OnnxRuntimeGenAIPackage={choice}", "-m:1", "-nodeReuse:false", "-tl:off"])).AssertSucceeded();
        return BuiltPackage.Find(_folder["packed"], "OnnxChat.Connector");
    }

    /// <summary>Runs the program.</summary>
    public Task<BuildResult> AskAsync(string model, string question) => RunAsync([Output("OnnxChat.Ask.dll"), model, question]);

    /// <summary>A file of the program's output.</summary>
    public string Output(params string[] parts) => Root(["artifacts", "bin", "Ask", "debug", .. parts]);

    /// <summary>Packages that the build put into the isolated folder.</summary>
    public IEnumerable<string> Installed() => Directory.GetDirectories(_folder["packages"]).Select(f => Path.GetFileName(f)!);

    public void Dispose() => _folder.Dispose();

    private string Root(params string[] parts) => _folder[["checkout", .. parts]];

    private Task<BuildResult> RunAsync(IEnumerable<string> arguments) => DotNet.RunAsync(
        Root(),
        arguments,
        new Dictionary<string, string> { ["NUGET_PACKAGES"] = _folder["packages"], ["TMPDIR"] = _folder["tmp"], ["TMP"] = _folder["tmp"] },
        TestContext.Current.CancellationToken);

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
