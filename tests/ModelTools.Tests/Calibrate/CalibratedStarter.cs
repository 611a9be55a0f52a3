using OnnxChat.ModelTools.Tests.Fixtures;
using OnnxChat.Testing;

namespace OnnxChat.ModelTools.Tests.Calibrate;

/// <summary>A copy of the starter model, calibrated once for all tests that only read it.</summary>
public sealed class CalibratedStarter : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    public string Model => _folder["model"];

    public string Validation => _folder["validation.jsonl"];

    /// <summary>What <c>calibrate --json</c> wrote.</summary>
    public string Report { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        await WriteInputsAsync(_folder);
        var run = await CalibrateAsync(_folder, "--json", "--max-wrong", "0.005");
        Assert.True(run.ExitCode == 0, run.Error);
        Report = run.Output;
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>An uncalibrated copy of the starter, and conversations to calibrate it with.</summary>
    internal static async Task WriteInputsAsync(TemporaryFolder folder)
    {
        Directory.CreateDirectory(folder["model"]);
        foreach (var file in Directory.GetFiles(Path.Combine(Repository.Root, "models", "starter")).Where(f => Path.GetExtension(f) != ".index"))
            File.Copy(file, folder["model", Path.GetFileName(file)]);
        var manifest = System.Text.Json.Nodes.JsonNode.Parse(await File.ReadAllTextAsync(folder["model", "onnxchat.json"]))!.AsObject();
        manifest.Remove("confidence");
        foreach (var index in manifest["files"]!.AsObject().Select(f => f.Key).Where(f => f.EndsWith(".index", StringComparison.Ordinal)).ToList())
            manifest["files"]!.AsObject().Remove(index);
        await File.WriteAllTextAsync(folder["model", "onnxchat.json"], manifest.ToJsonString());
        await File.WriteAllTextAsync(folder["known.jsonl"], StarterConversations.Known);
        await File.WriteAllTextAsync(folder["validation.jsonl"], StarterConversations.Validation);
    }

    internal static Task<CommandRun> CalibrateAsync(TemporaryFolder folder, params string[] more) => CommandRun.StartAsync(
        ["calibrate", folder["model"], "--validation", folder["validation.jsonl"], .. more.Contains("--known") ? [] : new[] { "--known", folder["known.jsonl"] }, .. more],
        cancellationToken: TestContext.Current.CancellationToken);
}
