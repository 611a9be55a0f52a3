using System.Text.Json;
using OnnxChat.ModelTools.CommandLine;
using OnnxChat.Training.Samples;
using OnnxChat.Training.Tests.Fixtures;

namespace OnnxChat.Training.Tests.Expand;

public sealed class ExpandCommandTests
{
    [Fact]
    public async Task Expand_Folder_WritesSamplesAndSaysHowMany()
    {
        using var folder = new PatternFolder().With("en/order.txt", "> Soon.", "where is [it|this]").With("zh/order.txt", "> 很快。", "到哪了");
        var output = Path.Combine(folder.Path, "samples.jsonl");

        var run = await TrainRun.StartAsync("expand", folder.Path, "--output", output);

        Assert.Equal(ExitCodes.Fine, run.ExitCode);
        var lines = await File.ReadAllLinesAsync(output, TestContext.Current.CancellationToken);
        Assert.Equal(["where is it", "where is this", "到哪了"], lines.Select(line => SampleJson.Read(line).User));
        Assert.Contains("""{"user":"到哪了","assistant":"很快。","group":"zh/order#1","topic":"zh/order"}""", lines);
        Assert.Contains("3 samples", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Expand_Json_SaysCountsAsAnObject()
    {
        using var folder = new PatternFolder().With("en/out-of-scope/law.txt", "> No.", "may i sue");

        var run = await TrainRun.StartAsync("expand", folder.Path, "--output", Path.Combine(folder.Path, "samples.jsonl"), "--json");

        var said = JsonDocument.Parse(run.Output).RootElement;
        Assert.Equal(1, said.GetProperty("samples").GetInt32());
        Assert.Equal(1, said.GetProperty("languages")[0].GetProperty("declined").GetInt32());
    }

    [Fact]
    public async Task Expand_OutputExists_LeavesItUnlessReplaced()
    {
        using var folder = new PatternFolder().With("en/order.txt", "> Soon.", "where is it");
        var output = Path.Combine(folder.Path, "samples.jsonl");
        await File.WriteAllTextAsync(output, "mine", TestContext.Current.CancellationToken);

        var refused = await TrainRun.StartAsync("expand", folder.Path, "--output", output);
        Assert.Equal(ExitCodes.Failed, refused.ExitCode);
        Assert.Contains("--replace", refused.Error, StringComparison.Ordinal);
        Assert.Equal("mine", await File.ReadAllTextAsync(output, TestContext.Current.CancellationToken));

        var replaced = await TrainRun.StartAsync("expand", folder.Path, "--output", output, "--replace");
        Assert.Equal(ExitCodes.Fine, replaced.ExitCode);
        Assert.Equal(2, Directory.GetFileSystemEntries(folder.Path).Length);
    }

    [Theory]
    [InlineData("--variants", "0", "--variants must be 1 or more.")]
    [InlineData("--wrapped", "1.5", "--wrapped must be from 0 to 1.")]
    [InlineData("--answers", "some", "some")]
    public async Task Expand_OptionOutOfRange_SaysTheRange(string option, string value, string expected)
    {
        var run = await TrainRun.StartAsync("expand", "folder", "--output", "samples.jsonl", option, value);

        Assert.Equal(ExitCodes.UsedWrongly, run.ExitCode);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Expand_MissingFolder_SaysSo()
    {
        var run = await TrainRun.StartAsync("expand", "/nowhere/at/all", "--output", "samples.jsonl");

        Assert.Equal(ExitCodes.Failed, run.ExitCode);
        Assert.Contains("/nowhere/at/all does not exist", run.Error, StringComparison.Ordinal);
    }
}
