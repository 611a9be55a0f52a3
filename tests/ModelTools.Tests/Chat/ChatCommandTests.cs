using OnnxChat.ModelTools.Tests.Fixtures;
using OnnxChat.Testing;

namespace OnnxChat.ModelTools.Tests.Chat;

public sealed class ChatCommandTests : IDisposable
{
    private static readonly string Starter = Path.Combine(Repository.Root, "models", "starter");
    private readonly FakeTerminal _terminal = new();

    [Fact]
    public async Task Help_Example_Runs()
    {
        var help = await CommandRun.StartAsync(["chat", "--help"], cancellationToken: TestContext.Current.CancellationToken);
        Assert.Contains("echo 'Where is my order?' | onnxchat chat --model models/starter --greedy", help.Output, StringComparison.Ordinal);

        var run = await PipeAsync("Where is my order?\n", "--greedy");

        Assert.Equal(0, run.ExitCode);
        Assert.Single(run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Empty(run.Error);
    }

    [Fact]
    public async Task Piped_SeveralLines_GivesOneReplyALineAndNothingElse()
    {
        var run = await PipeAsync("hello\n\n/help\nhello", "--greedy");

        Assert.Equal(0, run.ExitCode);
        var lines = run.Output.Split(Environment.NewLine);
        Assert.Equal(5, lines.Length);
        Assert.NotEmpty(lines[0]);
        Assert.Empty(lines[1]);
        Assert.Equal(lines[0], lines[3]);
        Assert.DoesNotContain("Enter a prompt", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("/settings", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Piped_LineTooLong_NamesIt()
    {
        var run = await PipeAsync("hello\n" + string.Concat(Enumerable.Repeat("word ", 300)));

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("Line 2", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Piped_NoModelGiven_TakesTheStarterModel()
    {
        var run = await CommandRun.StartAsync(["chat", "--greedy"], "hello", TestContext.Current.CancellationToken);
        var named = await PipeAsync("hello", "--greedy");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(named.Output, run.Output);
    }

    [Fact]
    public async Task Terminal_QuestionThenQ_StreamsTheReplyThatPipingGives()
    {
        var piped = await PipeAsync("hello", "--greedy");

        var code = await ChatAsync("hello", "q", "never read");

        Assert.Equal(0, code);
        Assert.Equal($"Enter a prompt (or 'q' to quit): {piped.Output}Enter a prompt (or 'q' to quit): ", _terminal.Seen);
    }

    [Fact]
    public async Task Terminal_InterruptAtThePrompt_QuitsWith130()
    {
        Assert.Equal(130, await ChatAsync("/confidence on", null));
    }

    [Fact]
    public async Task Terminal_InterruptDuringAReply_StopsItAndGoesOn()
    {
        _terminal.InterruptFirstWords();

        var code = await ChatAsync("hello", "/help", "q");

        Assert.Equal(0, code);
        Assert.Contains("(stopped)", _terminal.Seen, StringComparison.Ordinal);
        Assert.Contains("/settings NAME VALUE", _terminal.Seen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Terminal_Settings_AreShownAndChanged()
    {
        await ChatAsync("/settings top-k 7", "/settings seed 42", "/settings seed default", "q");

        Assert.Matches(@"top-k +7\r?\n", _terminal.Seen);
        Assert.Matches(@"seed +42\r?\n", _terminal.Seen);
        Assert.EndsWith("another each time (default)", _terminal.Seen[.._terminal.Seen.LastIndexOf("Enter", StringComparison.Ordinal)].TrimEnd(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/settings temperature warm", "temperature")]
    [InlineData("/settings top-p 2", "top-p")]
    [InlineData("/settings colour 2", "colour")]
    [InlineData("/settings top-p", "temperature 0.7")]
    [InlineData("/confidence perhaps", "on or off")]
    [InlineData("/unknown", "/help")]
    public async Task Terminal_WrongCommand_SaysWhatIsRightAndGoesOn(string line, string said)
    {
        Assert.Equal(0, await ChatAsync(line, "/confidence on", "q"));

        Assert.Contains("error: ", _terminal.Seen, StringComparison.Ordinal);
        Assert.Contains(said, _terminal.Seen, StringComparison.Ordinal);
        Assert.Contains("Confidence: on.", _terminal.Seen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Terminal_MaxTokensAndConfidence_ShortenAndExplainTheReply()
    {
        await ChatAsync("/settings max-tokens 1", "/confidence on", "hello", "/confidence off", "hello", "q");

        Assert.Single(_terminal.Seen.Split("mean log-probability")[1..]);
        Assert.Contains("(geometric mean)", _terminal.Seen, StringComparison.Ordinal);
    }

    public void Dispose() => _terminal.Dispose();

    private Task<int> ChatAsync(params string?[] lines) => _terminal.ChatAsync(lines, "--model", Starter, "--greedy");

    private static Task<CommandRun> PipeAsync(string input, params string[] more) =>
        CommandRun.StartAsync(["chat", "--model", Starter, .. more], input, TestContext.Current.CancellationToken);
}
