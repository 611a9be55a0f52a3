using OnnxChat.ModelTools.CommandLine;
using OnnxChat.Training.Tests.Fixtures;

namespace OnnxChat.Training.Tests.Prepare;

public sealed class PrepareErrorTests
{
    private const string Good = """{"user":"hi","assistant":"Hello."}""";

    [Theory]
    [InlineData("in.jsonl", "in.jsonl, line 2: it is not JSON", Good, "{broken")]
    [InlineData("in.jsonl", "in.jsonl, line 2: it is JSON, but no object", Good, "[1]")]
    [InlineData("in.jsonl", """in.jsonl, line 1: it has no "user"; it has "question", "assistant". Name the right one with --user-column""", """{"question":"hi","assistant":"Hello."}""")]
    [InlineData("in.jsonl", "in.jsonl, line 1: its messages are no list such as", """{"messages":"hi"}""")]
    [InlineData("in.jsonl", "in.jsonl, line 1: its messages are no list such as", """{"messages":[{"role":"user"}]}""")]
    [InlineData("in.csv", """in.csv has no column "assistant"; it has "user", "answer". Name the right one with --assistant-column""", "user,answer", "hi,Hello.")]
    [InlineData("in.csv", "in.csv, line 3: it has 3 columns, and the first line 2", "user,assistant", "hi,Hello.", "hi,Hello, there.")]
    [InlineData("in.csv", "a quote that begins a text is never closed", "user,assistant", "hi,\"Hello.")]
    [InlineData("in.parquet", "in.parquet is no Parquet file, or is damaged", "user")]
    [InlineData("in.txt", "in.txt ends with '.txt'; files of samples end with .jsonl, .csv, .tsv or .parquet", "hi")]
    [InlineData("in.jsonl", "in.jsonl is empty")]
    [InlineData("in.jsonl", "no sample can be used (0 bad lines, 1 without question or answer)", """{"user":" ","assistant":"Hello."}""")]
    public async Task Prepare_UnusableInput_NamesPlaceAndRemedyAndLeavesNothing(string file, string expected, params string[] lines)
    {
        using var folder = new PrepareFolder().With(file, lines);

        var run = await folder.RunAsync(file);

        Assert.Equal(ExitCodes.Failed, run.ExitCode);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
        Assert.Equal([file], folder.Entries());
    }

    [Fact]
    public async Task Prepare_SkipBadLines_LeavesThemOutAndCountsThem()
    {
        using var folder = new PrepareFolder().With("in.jsonl", Good, "{broken", """{"user":"only"}""", """{"user":"bye","assistant":"Bye."}""");

        var run = await folder.RunAsync("in.jsonl", "--skip-bad-lines");

        Assert.Equal(ExitCodes.Fine, run.ExitCode);
        Assert.Equal(2, folder.Samples().Count);
        Assert.Equal(2, folder.Report().GetProperty("counts").GetProperty("bad_lines").GetInt32());
    }

    [Fact]
    public async Task Prepare_OnlyBadLines_SaysTheFirst()
    {
        using var folder = new PrepareFolder().With("in.jsonl", "{broken", "{broken");

        var run = await folder.RunAsync("in.jsonl", "--skip-bad-lines");

        Assert.Equal(ExitCodes.Failed, run.ExitCode);
        Assert.Contains("(2 bad lines", run.Error, StringComparison.Ordinal);
        Assert.Contains("line 1: it is not JSON", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Prepare_MissingFile_SaysSo()
    {
        using var folder = new PrepareFolder();

        Assert.Contains("nowhere.jsonl does not exist", (await folder.RunAsync("nowhere.jsonl")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Prepare_OutputExists_IsReplacedOnlyWhereAskedAndMadeByThisCommand()
    {
        using var folder = new PrepareFolder().WithSamples("in.jsonl", 20);
        Assert.Equal(ExitCodes.Fine, (await folder.RunAsync("in.jsonl")).ExitCode);

        var refused = await folder.RunAsync("in.jsonl");
        Assert.Contains("--replace", refused.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Fine, (await folder.RunAsync("in.jsonl", "--replace")).ExitCode);
        Assert.Equal(["in.jsonl", "prepared"], folder.Entries().Order(StringComparer.Ordinal));

        File.Delete(Path.Combine(folder.Output, "prepared.json"));
        var foreign = await folder.RunAsync("in.jsonl", "--replace");
        Assert.Equal(ExitCodes.Failed, foreign.ExitCode);
        Assert.Contains("was not made by this command", foreign.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--validation", "1", "--validation must be 0 or more and below 1.")]
    [InlineData("--vocabulary", "100", "--vocabulary must be 262 or more")]
    [InlineData("--similarity", "0.2", "--similarity must be from 0.5 to 1.")]
    public async Task Prepare_OptionOutOfRange_SaysTheRange(string option, string value, string expected)
    {
        using var folder = new PrepareFolder().With("in.jsonl", Good);

        var run = await folder.RunAsync("in.jsonl", option, value);

        Assert.Equal(ExitCodes.UsedWrongly, run.ExitCode);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Prepare_WritingFails_LeavesWhatWasThere()
    {
        using var folder = new PrepareFolder().WithSamples("in.jsonl", 20).With("template.json", """{"prompt":"{user} {user}"}""");
        Assert.Equal(ExitCodes.Fine, (await folder.RunAsync("in.jsonl")).ExitCode);
        var before = await File.ReadAllTextAsync(Path.Combine(folder.Output, "prepared.json"), TestContext.Current.CancellationToken);

        var run = await folder.RunAsync("in.jsonl", "--replace", "--template", folder["template.json"]);

        Assert.Equal(ExitCodes.Failed, run.ExitCode);
        Assert.Equal(before, await File.ReadAllTextAsync(Path.Combine(folder.Output, "prepared.json"), TestContext.Current.CancellationToken));
    }
}
