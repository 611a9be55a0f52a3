using System.Text.Json;
using System.Text.RegularExpressions;
using OnnxChat.ModelTools.Tests.Fixtures;
using OnnxChat.Testing;

namespace OnnxChat.ModelTools.Tests.Evaluate;

public partial class EvaluateCommandTests
{
    private static readonly string Starter = Path.Combine(Repository.Root, "models", "starter");

    [Fact]
    public async Task Help_Example_Runs()
    {
        var help = await CommandRun.StartAsync(["evaluate", "--help"], cancellationToken: TestContext.Current.CancellationToken);
        var example = Example().Match(help.Output);
        Assert.True(example.Success, help.Output);

        string[] args = [.. example.Groups["args"].Value.Trim().Split(' ').Select(a => a == "models/starter" ? Starter : a)];
        var run = await CommandRun.StartAsync(args, example.Groups["input"].Value, TestContext.Current.CancellationToken);

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains("trailhaven-starter", run.Output, StringComparison.Ordinal);
        Assert.Contains("Perplexity", run.Output, StringComparison.Ordinal);
        Assert.Contains("tokens a second", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', run.Output + run.Error);
        Assert.Empty(run.Error);
    }

    [Fact]
    public async Task Evaluate_TwoLanguages_ScoresThemApartAndTogether()
    {
        var measured = await EvaluationRun.MeasureAsync(Starter, Lines(("hello", "Hello there"), ("怎么退货？", "请打开我的订单"), ("where is it", "Under My Orders")));

        var model = measured.GetProperty("models")[0];
        Assert.Equal(["en", "zh"], model.GetProperty("languages").EnumerateObject().Select(l => l.Name));
        Assert.Equal(2, model.GetProperty("languages").GetProperty("en").GetProperty("conversations").GetInt32());
        Assert.Equal(3, model.GetProperty("overall").GetProperty("conversations").GetInt32());
        Assert.True(model.GetProperty("tokens_per_second").GetDouble() > 0);
        Assert.Equal(["en", "zh", "en"], model.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("language").GetString()));
    }

    [Theory]
    [InlineData("not json", "It is no JSON")]
    [InlineData("[1]", "no JSON object")]
    [InlineData("{\"user\":\"hi\"}", "\"assistant\" is missing")]
    [InlineData("{\"assistant\":\"hi\"}", "\"user\" is missing")]
    [InlineData("{\"user\":\"hi\",\"assistant\":null}", "\"assistant\" is no text")]
    [InlineData("{\"user\":\"hi\",\"assistant\":\" \"}", "\"assistant\" is empty")]
    [InlineData("{\"user\":\"hi\",\"assistant\":\"x\",\"system\":3}", "\"system\" is no text")]
    [InlineData("{\"user\":\"hi\",\"assistant\":\"x\",\"topic\":3}", "\"topic\" is no text")]
    [InlineData("{\"user\":\"hi\",\"assistant\":\"x\",\"declined\":1}", "\"declined\" is neither true nor false")]
    public async Task Evaluate_BadLine_IsNamedAndTheOthersMeasured(string line, string reason)
    {
        var run = await EvaluationRun.StartAsync(Starter, $"{Lines(("hello", "Hello there"))}\n\n{line}\n{Lines(("bye", "Goodbye"))}", "--json");

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains("line 3 ", run.Error, StringComparison.Ordinal);
        Assert.Contains(reason, run.Error, StringComparison.Ordinal);
        using var measured = JsonDocument.Parse(run.Output);
        Assert.Equal(2, measured.RootElement.GetProperty("conversations").GetInt32());
        Assert.Equal(3, Assert.Single(measured.RootElement.GetProperty("bad_lines").EnumerateArray()).GetProperty("line").GetInt32());
    }

    [Fact]
    public async Task Evaluate_LineThatTheContextDoesNotHold_NamesLengthAndLimit()
    {
        var run = await EvaluationRun.StartAsync(Starter, Lines(("hello", "Hello there"), ("hello", string.Concat(Enumerable.Repeat("word ", 300)))));

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("line 2 ", run.Error, StringComparison.Ordinal);
        Assert.Contains("192", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    [InlineData("nothing")]
    public async Task Evaluate_NothingToMeasure_FailsAndShowsALine(string input)
    {
        using var folder = new TemporaryFolder();

        var run = await EvaluationRun.StartAsync(Starter, input, "--output", folder["report.html"]);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("\"assistant\": ", run.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public async Task Evaluate_ReplyIsAnotherAnswerOfTheTopic_CountsAsRight()
    {
        const string Question = "{\"user\":\"where is my order\",\"assistant\":\"Somewhere.\",\"topic\":\"en/order\"}";
        var reply = (await EvaluationRun.MeasureAsync(Starter, Question)).GetProperty("models")[0].GetProperty("items")[0];
        Assert.False(reply.GetProperty("right").GetBoolean());
        var other = JsonSerializer.Serialize(new { user = "any news", assistant = reply.GetProperty("reply").GetString()!.ToUpperInvariant(), topic = "en/order" });

        var measured = (await EvaluationRun.MeasureAsync(Starter, Question + "\n" + other)).GetProperty("models")[0];

        Assert.True(measured.GetProperty("items")[0].GetProperty("right").GetBoolean());
    }

    [Fact]
    public async Task Evaluate_Limit_MeasuresTheFirstOnly()
    {
        var measured = await EvaluationRun.MeasureAsync(Starter, EvaluationRun.ReferenceInput(5), "--limit", "2");

        Assert.Equal([1, 2], measured.GetProperty("models")[0].GetProperty("items").EnumerateArray().Select(i => i.GetProperty("line").GetInt32()));
    }

    [Fact]
    public async Task Evaluate_MaxTokens_CutsReplies()
    {
        var measured = await EvaluationRun.MeasureAsync(Starter, EvaluationRun.ReferenceInput(3), "--max-tokens", "4");

        var model = measured.GetProperty("models")[0];
        Assert.Equal(12, model.GetProperty("generated_tokens").GetInt32());
        Assert.All(model.GetProperty("items").EnumerateArray(), i => Assert.Equal("length", i.GetProperty("finish_reason").GetString()));
    }

    [Fact]
    public async Task Evaluate_SameFolderTwice_DiffersInNothingAndSaysSo()
    {
        var run = await EvaluationRun.StartAsync(Starter, EvaluationRun.ReferenceInput(3), "--compare", Starter);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("costs nothing against", run.Output, StringComparison.Ordinal);
        Assert.Contains("is not shown to be better than", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Evaluate_Cancelled_IsCode130AndLeavesNothing()
    {
        using var folder = new TemporaryFolder();
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();

        var run = await CommandRun.StartAsync(["evaluate", "--model", Starter, "--input", "-", "--output", folder["report.html"]], EvaluationRun.ReferenceInput(3), stop.Token);

        Assert.Equal(130, run.ExitCode);
        Assert.Empty(run.Output);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Theory]
    [InlineData("--input", "none.jsonl", "none.jsonl")]
    [InlineData("--compare", "nowhere", "onnxchat import")]
    [InlineData("--compare-template", "none.json", "none.json")]
    [InlineData("--output", "no/such/folder/report.html", "make it first")]
    [InlineData("--answer-form", "<|End|>", "{assistant} 0 times")]
    [InlineData("--max-tokens", "0", "max tokens")]
    public async Task Evaluate_ThingThatIsNot_IsCode1AndSaysWhat(string option, string value, string expected)
    {
        string[] args = option == "--input" ? ["evaluate", "--model", Starter, option, value] : ["evaluate", "--model", Starter, "--input", "-", option, value];

        var run = await CommandRun.StartAsync(args, Lines(("hello", "Hello there")), TestContext.Current.CancellationToken);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    [Theory]
    [InlineData]
    [InlineData("--seed", "3")]
    [InlineData("--limit", "0")]
    [InlineData("--correct-bleu", "101")]
    [InlineData("--compare", "x", "--compare-template")]
    public async Task Evaluate_WrongCommandLine_IsCode2AndPointsToHelp(params string[] more)
    {
        string[] args = more.Length == 0 ? ["evaluate"] : ["evaluate", "--model", "x", "--input", "-", .. more];

        var run = await CommandRun.StartAsync(args, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("See 'onnxchat evaluate --help'.", run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    private static string Lines(params (string User, string Assistant)[] conversations) =>
        string.Join('\n', conversations.Select(c => EvaluationRun.Line(c.User, c.Assistant)));

    [GeneratedRegex("Example:\\s+echo '(?<input>[^']+)' \\| onnxchat (?<args>.+)")]
    private static partial Regex Example();
}
