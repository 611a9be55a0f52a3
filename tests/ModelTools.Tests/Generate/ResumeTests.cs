using OnnxChat.ModelTools.CommandLine;
using OnnxChat.ModelTools.Tests.Fixtures;
using OnnxChat.Testing;

namespace OnnxChat.ModelTools.Tests.Generate;

public sealed class ResumeTests(TinyModels models) : IClassFixture<TinyModels>, IDisposable
{
    private const int Questions = 12;
    private readonly TemporaryFolder _folder = new();

    private string Output => _folder["out.jsonl"];

    private string Partial => _folder["out.jsonl.partial"];

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(128)]
    public async Task Generate_ManyAtOnce_GivesTheAnswersOfOneAtATimeInOrder(int parallel)
    {
        var alone = await WholeAsync();

        var run = await GenerateAsync("--parallel", $"{parallel}");

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Equal(Tokens(alone), Tokens(await LinesAsync(Output)));
    }

    [Theory]
    [InlineData(0, "")]
    [InlineData(5, "")]
    [InlineData(5, "{\"user\":\"question num")]
    [InlineData(Questions, "")]
    public async Task Resume_AfterAKilledRun_CompletesTheFileAndKeepsWhatWasThere(int lines, string torn)
    {
        var whole = await WholeAsync();
        // Marked, so that an answer made again would be seen.
        var kept = whole.Take(lines).Select(line => line.Replace("\"text\":\"", "\"text\":\"kept ", StringComparison.Ordinal)).ToArray();
        await File.WriteAllTextAsync(Partial, string.Concat(kept.Select(line => line + "\n")) + torn, TestContext.Current.CancellationToken);

        var run = await GenerateAsync("--resume", "--parallel", "1");

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Equal(kept.Concat(whole.Skip(lines)), await LinesAsync(Output));
        Assert.False(File.Exists(Partial));
    }

    [Fact]
    public async Task Resume_OutputOfAShorterInput_AnswersTheRestOnly()
    {
        var whole = await WholeAsync();
        await File.WriteAllLinesAsync(Output, whole.Take(7), TestContext.Current.CancellationToken);

        var run = await GenerateAsync("--resume", "--parallel", "1");

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Equal(whole, await LinesAsync(Output));
    }

    [Fact]
    public async Task Generate_PartialFileIsThere_RefusesAndNamesResume()
    {
        await File.WriteAllTextAsync(Partial, "{\"user\":\"question number 0\"}\n", TestContext.Current.CancellationToken);

        var run = await GenerateAsync();

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("--resume", run.Error, StringComparison.Ordinal);
        Assert.True(File.Exists(Partial));
    }

    [Fact]
    public async Task Resume_OtherQuestions_RefusesAndLeavesTheFile()
    {
        await File.WriteAllTextAsync(Partial, "{\"user\":\"something else\"}\n", TestContext.Current.CancellationToken);

        var run = await GenerateAsync("--resume");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("something else", run.Error, StringComparison.Ordinal);
        Assert.Equal("{\"user\":\"something else\"}\n", await File.ReadAllTextAsync(Partial, TestContext.Current.CancellationToken));
        Assert.False(File.Exists(Output));
    }

    [Fact]
    public async Task Generate_Interrupted_KeepsTheAnswersSoFarAndResumeCompletesThem()
    {
        var whole = await WholeAsync();
        using var interrupt = new CancellationTokenSource();
        await using var error = new InterruptingWriter(interrupt, "5 of");
        var terminal = new Terminal(new StringReader(Input()), TextWriter.Null, error) { ShowsProgress = true };

        var code = await OnnxChatCommand.RunAsync(Arguments("--parallel", "1"), terminal, interrupt.Token);

        Assert.Equal(130, code);
        Assert.Contains("--resume", error.ToString(), StringComparison.Ordinal);
        Assert.Equal(whole.Take(5), await LinesAsync(Partial));
        Assert.False(File.Exists(Output));
        Assert.Equal(0, (await GenerateAsync("--resume", "--parallel", "1")).ExitCode);
        Assert.Equal(whole, await LinesAsync(Output));
    }

    [Fact]
    public async Task SkipBadLines_NamesThemAndAnswersTheOthers()
    {
        var run = await CommandRun.StartAsync(Arguments("--skip-bad-lines"), "{\"user\":\"hi\"}\nnonsense\n{\"user\":\"hello\"}", TestContext.Current.CancellationToken);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("Line 2", run.Error, StringComparison.Ordinal);
        Assert.Contains("2 answers; 1 lines skipped", run.Error, StringComparison.Ordinal);
        Assert.Equal(2, (await LinesAsync(Output)).Length);
    }

    public void Dispose() => _folder.Dispose();

    private static string Input() => string.Concat(Enumerable.Range(0, Questions).Select(i => $"{{\"user\":\"question number {i * i}\"}}\n"));

    private static IEnumerable<string> Tokens(IEnumerable<string> lines) => lines.Select(line => line[..line.IndexOf("\"confidence\"", StringComparison.Ordinal)]);

    private static Task<string[]> LinesAsync(string file) => File.ReadAllLinesAsync(file, TestContext.Current.CancellationToken);

    private string[] Arguments(params string[] more) =>
        ["generate", "--model", models.FolderOfFloats, "--input", "-", "--output", Output, "--greedy", "--max-tokens", "12", .. more];

    private async Task<string[]> WholeAsync()
    {
        Assert.Equal(0, (await GenerateAsync("--parallel", "1")).ExitCode);
        var lines = await LinesAsync(Output);
        File.Delete(Output);
        return lines;
    }

    private Task<CommandRun> GenerateAsync(params string[] more) => CommandRun.StartAsync(Arguments(more), Input(), TestContext.Current.CancellationToken);

    private sealed class InterruptingWriter(CancellationTokenSource interrupt, string at) : StringWriter
    {
        public override void Write(string? value)
        {
            base.Write(value);
            if (value?.Contains(at, StringComparison.Ordinal) == true)
                interrupt.Cancel();
        }
    }
}
