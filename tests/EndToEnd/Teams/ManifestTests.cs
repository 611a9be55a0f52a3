using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Nodes;
using OnnxChat.EndToEnd.Hosting;
using OnnxChat.Testing;

namespace OnnxChat.EndToEnd.Teams;

/// <summary>The Teams app package before Microsoft's own validation of manifests.</summary>
public sealed class ManifestTests
{
    private const string Validate = """
        const { AppManifestUtils } = require('@microsoft/app-manifest');
        const manifest = JSON.parse(require('fs').readFileSync(process.argv[1], 'utf8'));
        AppManifestUtils.validateAgainstSchema(manifest).then(problems => console.log('problems ' + JSON.stringify(problems)));
        """;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Manifest_AsWritten_HasNoProblem()
    {
        using var folder = new TemporaryFolder();

        Assert.Empty(await ProblemsAsync(await WriteAsync(folder)));
    }

    [Fact]
    public async Task Manifest_Spoiled_HasAProblem()
    {
        using var folder = new TemporaryFolder();
        var file = await WriteAsync(folder);
        var manifest = JsonNode.Parse(await File.ReadAllTextAsync(file, Cancelled))!;
        manifest["accentColor"] = "blue";
        await File.WriteAllTextAsync(file, manifest.ToJsonString(), Cancelled);

        Assert.Contains("accentColor", Assert.Single(await ProblemsAsync(file)), StringComparison.Ordinal);
    }

    private static async Task<string> WriteAsync(TemporaryFolder folder)
    {
        Requires.AppManifest();
        await using var program = ProgramProcess.Start(
            BuiltProgram.OnnxChat, ["manifest", "--app-id", "7e57b07a-1111-4222-8333-444455556666", "--domain", "bot.example.com", "--output", folder["teams.zip"]]);
        Assert.True(await program.ExitAsync(TimeSpan.FromMinutes(1), Cancelled) == 0, program.Output);
        await ZipFile.ExtractToDirectoryAsync(folder["teams.zip"], folder["package"], Cancelled);
        return folder["package", "manifest.json"];
    }

    private static async Task<string[]> ProblemsAsync(string manifest)
    {
        var (node, modules) = Requires.AppManifest();
        await using var program = ProgramProcess.Start(node, ["-e", Validate, manifest], ("NODE_PATH", modules));
        return JsonSerializer.Deserialize<string[]>(await program.WaitForAsync("problems", Cancelled))!;
    }
}
