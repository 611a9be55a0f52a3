using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using OnnxChat.Connector;
using OnnxChat.ModelTools.Tests.Fixtures;
using OnnxChat.Testing;

namespace OnnxChat.ModelTools.Tests.Calibrate;

public sealed class CalibrateCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Manifest => _folder["model", "onnxchat.json"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Calibrate_Twice_GivesTheSameFolderWithOneIndex()
    {
        await CalibratedStarter.WriteInputsAsync(_folder);
        var first = await CalibratedStarter.CalibrateAsync(_folder);
        Assert.True(first.ExitCode == 0, first.Error);
        var before = await File.ReadAllTextAsync(Manifest, Cancel);

        await CalibratedStarter.CalibrateAsync(_folder);

        Assert.Equal(before, await File.ReadAllTextAsync(Manifest, Cancel));
        Assert.Single(Directory.GetFiles(_folder["model"], "*.index"));
        Assert.Empty(Directory.GetFiles(_folder["model"], "*.tmp"));
    }

    [Fact]
    public async Task Calibrate_SmallerLimit_ReplacesTheIndexAndItsHash()
    {
        await CalibratedStarter.WriteInputsAsync(_folder);
        await CalibratedStarter.CalibrateAsync(_folder);
        var before = Assert.Single(Directory.GetFiles(_folder["model"], "*.index"));

        var run = await CalibratedStarter.CalibrateAsync(_folder, "--size-limit", "150KB");

        Assert.True(run.ExitCode == 0, run.Error);
        var index = Assert.Single(Directory.GetFiles(_folder["model"], "*.index"));
        Assert.NotEqual(before, index);
        Assert.InRange(new FileInfo(index).Length, 1, 150_000);
        var files = JsonNode.Parse(await File.ReadAllTextAsync(Manifest, Cancel))!["files"]!.AsObject();
        Assert.Equal([Path.GetFileName(index)], files.Select(f => f.Key).Where(f => f.EndsWith(".index", StringComparison.Ordinal)));
        Assert.Equal(0, (await CommandRun.StartAsync(["doctor", "--model", _folder["model"]], cancellationToken: Cancel)).ExitCode);
    }

    [Fact]
    public async Task Calibrate_WithoutKnown_ScoresByTheModelsOwnFigures()
    {
        await CalibratedStarter.WriteInputsAsync(_folder);
        var run = await CommandRun.StartAsync(["calibrate", _folder["model"], "--validation", _folder["validation.jsonl"]], cancellationToken: Cancel);

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Empty(Directory.GetFiles(_folder["model"], "*.index"));
        using var service = new OnnxChatService(_folder["model"]);
        var response = await service.GetResponseAsync("where is my order", new ChatOptions { Temperature = 0 }, Cancel);
        Assert.InRange(Assert.IsType<OnnxChatConfidence>(response.AdditionalProperties![OnnxChatConfidence.MetadataKey]).Score!.Value, 0, 1);
    }

    [Fact]
    public async Task Calibrate_IndexDamaged_ServiceNamesItAndAnotherRunMendsIt()
    {
        await CalibratedStarter.WriteInputsAsync(_folder);
        await CalibratedStarter.CalibrateAsync(_folder);
        var index = Assert.Single(Directory.GetFiles(_folder["model"], "*.index"));
        await File.WriteAllBytesAsync(index, (await File.ReadAllBytesAsync(index, Cancel))[..^40], Cancel);

        using (var service = new OnnxChatService(_folder["model"]))
        {
            var error = await Assert.ThrowsAsync<OnnxChatModelException>(() => service.LoadAsync(Cancel));
            Assert.Contains(index, error.Message, StringComparison.Ordinal);
        }

        Assert.Equal(0, (await CalibratedStarter.CalibrateAsync(_folder)).ExitCode);
        using var mended = new OnnxChatService(_folder["model"]);
        await mended.LoadAsync(Cancel);
    }

    [Theory]
    [InlineData("\"threshold\"", "\"treshold\"", "onnxchat.json")]
    [InlineData("mean_log_probability", "median_log_probability", "mean_log_probability")]
    [InlineData("\"index\": \"", "\"index\": \"../", "must name a file in the folder")]
    public async Task Open_ManifestChangedByHand_IsRefusedWithTheRemedy(string text, string instead, string expected)
    {
        await CalibratedStarter.WriteInputsAsync(_folder);
        await CalibratedStarter.CalibrateAsync(_folder);
        await File.WriteAllTextAsync(Manifest, (await File.ReadAllTextAsync(Manifest, Cancel)).Replace(text, instead, StringComparison.Ordinal), Cancel);

        using var service = new OnnxChatService(_folder["model"]);
        var error = await Assert.ThrowsAsync<OnnxChatModelException>(() => service.LoadAsync(Cancel));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Calibrate_TooFewQuestions_LeavesTheFolderAsItWas()
    {
        await CalibratedStarter.WriteInputsAsync(_folder);
        await File.WriteAllLinesAsync(_folder["validation.jsonl"], StarterConversations.Validation.Split('\n').Take(49), Cancel);
        var before = await File.ReadAllTextAsync(Manifest, Cancel);

        var run = await CalibratedStarter.CalibrateAsync(_folder);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("49 conversations are too few", run.Error, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllTextAsync(Manifest, Cancel));
    }

    [Fact]
    public async Task Calibrate_EveryReplyWrong_SaysWhatToDo()
    {
        await CalibratedStarter.WriteInputsAsync(_folder);
        await File.WriteAllLinesAsync(_folder["validation.jsonl"], Enumerable.Range(0, 60).Select(i => JsonSerializer.Serialize(new { user = $"question {i}", assistant = $"never said {i}" })), Cancel);

        var run = await CalibratedStarter.CalibrateAsync(_folder);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("--correct-bleu", run.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder["model"], "*.index"));
    }

    [Theory]
    [InlineData("--known", "none.jsonl")]
    [InlineData("--validation", "none.jsonl")]
    public async Task Calibrate_FileThatIsNot_IsCode1AndNamesIt(string option, string file)
    {
        await CalibratedStarter.WriteInputsAsync(_folder);
        string[] args = option == "--validation" ? [option, file] : ["--validation", _folder["validation.jsonl"], option, file];

        var run = await CommandRun.StartAsync(["calibrate", _folder["model"], .. args], cancellationToken: Cancel);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains($"{option} {file}", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--max-wrong", "0")]
    [InlineData("--max-wrong", "1")]
    [InlineData("--size-limit", "4 parsecs")]
    [InlineData("--size-limit", "10B")]
    [InlineData("--correct-bleu", "101")]
    public async Task Calibrate_WrongOption_IsCode2(string option, string value)
    {
        var run = await CommandRun.StartAsync(["calibrate", "model", "--validation", "x", option, value], cancellationToken: Cancel);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(option, run.Error, StringComparison.Ordinal);
    }
}
