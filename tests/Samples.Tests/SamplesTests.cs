using System.Text.Json;
using OnnxChat.Testing;

namespace OnnxChat.Samples.Tests;

/// <summary>Every sample runs over the starter model and says what it is there to show.</summary>
public sealed class SamplesTests : IDisposable
{
    private const string HandOver = "A colleague will answer you.";

    private readonly StringWriter _output = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static string Model => Path.Combine(Repository.Root, "models", "starter");

    private string[] Lines => _output.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);

    public void Dispose() => _output.Dispose();

    [Fact]
    public async Task Kernel_Run_StreamsAnAnswerAndItsScore()
    {
        await KernelSample.RunAsync(Model, _output, Cancel);

        Assert.Contains("return", _output.ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.Matches(@"Right with probability \d+\s?%\.", _output.ToString());
    }

    [Fact]
    public async Task Pipeline_Run_AsksTheModelOnceForTwoAnswers()
    {
        await PipelineSample.RunAsync(Model, _output, Cancel);

        Assert.Single(Lines, line => line.StartsWith("chat ", StringComparison.Ordinal) && line.EndsWith(" tokens", StringComparison.Ordinal));
        var answers = Lines.Where(line => !line.EndsWith(" tokens", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, answers.Count);
        Assert.Single(answers.Distinct());
    }

    [Fact]
    public async Task Agent_Run_AnswersOneQuestionAndHandsTheOtherOver()
    {
        await AgentSample.RunAsync(Model, _output, Cancel);

        Assert.Equal(4, Lines.Length);
        Assert.Contains("return", Lines[1], StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(HandOver, Lines[1], StringComparison.Ordinal);
        Assert.Contains(HandOver, Lines[3], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Worker_Run_AnswersInBothLanguagesAndStops()
    {
        await WorkerSample.RunAsync(Model, _output, Cancel);

        Assert.Equal(2, Lines.Length);
        Assert.Contains("退货", Lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bot_Run_RepliesWithAnActivity()
    {
        await BotSample.RunAsync(Model, _output, Cancel);

        var activity = Assert.Single(JsonElement.Parse(_output.ToString()).GetProperty("activities").EnumerateArray());
        Assert.Equal("message", activity.GetProperty("type").GetString());
        Assert.NotEmpty(activity.GetProperty("text").GetString()!);
    }

    [Fact]
    public async Task Mcp_Run_ListsTheToolsAndAsks()
    {
        await McpSample.RunAsync(Model, _output, Cancel);

        Assert.Equal(3, Lines.Length);
        Assert.Contains(Lines, line => line.StartsWith("list_topics: ", StringComparison.Ordinal));
        Assert.True(JsonElement.Parse(Lines[2]).TryGetProperty("hand_over", out _));
    }

    [Fact]
    public async Task Evaluation_Run_CountsEveryQuestionOnce()
    {
        await EvaluationSample.RunAsync(Model, _output, Cancel);

        var numbers = Lines[^1].Split(' ').Where(word => int.TryParse(word, out _)).Select(int.Parse).ToList();
        Assert.Equal(Lines.Length - 1, numbers.Sum());
        Assert.InRange(numbers[0], 3, Lines.Length - 1);
    }

    [Fact]
    public void Samples_Each_IsShort() =>
        Assert.All(
            Directory.GetFiles(Path.Combine(Repository.Root, "samples"), "*.cs"),
            file => Assert.InRange(File.ReadLines(file).Count(), 1, 40));
}
