using System.Text.Json;
using OnnxChat.ModelTools.Tests.Fixtures;
using OnnxChat.Testing;

namespace OnnxChat.ModelTools.Tests.Bench;

public class BenchCommandTests
{
    private static readonly string Starter = Path.Combine(Repository.Root, "models", "starter");

    [Fact]
    public async Task Help_Example_Runs()
    {
        var help = await RunAsync("--help");
        Assert.Contains("onnxchat bench --model models/starter --concurrency 1,4", help.Output, StringComparison.Ordinal);

        var run = await RunAsync("--model", Starter, "--concurrency", "1,4");

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains("tokens/s", run.Output, StringComparison.Ordinal);
        Assert.Contains("GB/s", run.Output, StringComparison.Ordinal);
        Assert.Empty(run.Error);
    }

    [Fact]
    public async Task Bench_Json_HasAllFiguresOfEveryLevel()
    {
        var run = await RunAsync("--model", Starter, "--concurrency", "1,3", "--requests", "5", "--max-tokens", "4", "--json");

        Assert.True(run.ExitCode == 0, run.Error);
        using var result = JsonDocument.Parse(run.Output);
        var root = result.RootElement;
        Assert.True(root.GetProperty("weights_bytes").GetInt64() > 1_000_000);
        Assert.True(root.GetProperty("memory_bandwidth").GetDouble() > 0);
        var levels = root.GetProperty("levels").EnumerateArray().ToList();
        Assert.Equal([1, 3], levels.Select(l => l.GetProperty("concurrency").GetInt32()));
        Assert.All(levels, level =>
        {
            Assert.Equal(5, level.GetProperty("requests").GetInt32());
            Assert.InRange(level.GetProperty("tokens").GetInt32(), 5, 20);
            Assert.Equal(level.GetProperty("tokens").GetInt32() / level.GetProperty("seconds").GetDouble(), level.GetProperty("tokens_per_second").GetDouble(), 1e-6);
            Assert.InRange(level.GetProperty("first_token_seconds_p50").GetDouble(), double.Epsilon, level.GetProperty("first_token_seconds_p99").GetDouble());
            Assert.True(level.GetProperty("memory_bytes").GetInt64() > 1_000_000);
            Assert.True(level.GetProperty("bandwidth_share").GetDouble() > 0);
        });
    }

    [Theory]
    [InlineData("--concurrency", "0")]
    [InlineData("--concurrency", "1,,4")]
    [InlineData("--concurrency", "many")]
    [InlineData("--requests", "0")]
    [InlineData("--max-tokens", "0")]
    public async Task Bench_WrongValue_IsCode2AndNamesIt(string option, string value)
    {
        var run = await RunAsync(option, value);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains($"{option} {value}", run.Error, StringComparison.Ordinal);
    }

    private static Task<CommandRun> RunAsync(params string[] args) =>
        CommandRun.StartAsync(["bench", .. args], cancellationToken: TestContext.Current.CancellationToken);
}
