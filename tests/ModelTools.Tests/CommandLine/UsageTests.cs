using OnnxChat.ModelTools.Tests.Fixtures;
using OnnxChat.Testing;

namespace OnnxChat.ModelTools.Tests.CommandLine;

public class UsageTests
{
    [Theory]
    [InlineData("import")]
    [InlineData("generate")]
    [InlineData("chat")]
    [InlineData("bench")]
    [InlineData("evaluate")]
    [InlineData("doctor")]
    [InlineData("forget")]
    [InlineData("manifest")]
    public async Task Help_OfEveryCommand_HasAnExample(string command)
    {
        var run = await CommandRun.StartAsync([command, "--help"], cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("Example:", run.Output, StringComparison.Ordinal);
        Assert.Contains($"onnxchat {command} --", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("import")]
    [InlineData("generate")]
    [InlineData("chat")]
    [InlineData("evaluate")]
    [InlineData("doctor")]
    [InlineData("manifest")]
    public async Task Help_Example_Runs(string command)
    {
        using var folder = new TemporaryFolder();
        var help = await CommandRun.StartAsync([command, "--help"], cancellationToken: TestContext.Current.CancellationToken);
        var example = help.Output.Split('\n').Select(l => l.Trim()).SkipWhile(l => l != "Example:").ElementAt(1);
        var parts = example.Split(" | ");
        var input = parts.Length > 1 ? parts[0].Split('\'')[1] + "\n" : "";
        // What the example finds in the reader's folder is in the fixtures.
        var args = parts[^1].Split(' ').Skip(1).Select(a => a switch
        {
            "pytorch_model.bin" => Repository.Fixture("gpt2-tiny", "checkpoints", a),
            "config.json" => Repository.Fixture("gpt2-tiny", a),
            "." => Repository.Fixture("gpt2-tiny", "tokenizer"),
            "models/shop" => folder["shop"],
            "teams.zip" => folder["teams.zip"],
            "models/starter" => Path.Combine(Repository.Root, "models", "starter"),
            _ => a,
        });

        var run = await CommandRun.StartAsync([.. args], input, TestContext.Current.CancellationToken);

        Assert.True(run.ExitCode == 0, $"{example}\n{run.Output}\n{run.Error}");
        Assert.NotEmpty(run.Output + run.Error);
    }

    [Theory]
    [InlineData]
    [InlineData("imprt")]
    [InlineData("import")]
    [InlineData("import", "--checkpoint", "x", "--config", "x", "--tokenizer", "x", "--output", "x", "--precision", "int3")]
    [InlineData("generate", "--model", "x", "--input", "-", "--output", "-", "--top-k", "many")]
    [InlineData("generate", "--model", "x", "--input", "-", "--output", "-", "--greedy", "--temperature", "1")]
    [InlineData("generate", "--model", "x", "--input", "-", "--output", "-", "--parallel", "0")]
    [InlineData("generate", "--model", "x", "--input", "-", "--output", "-", "--resume")]
    public async Task Run_WrongCommandLine_IsCode2AndPointsToHelp(params string[] args)
    {
        var run = await CommandRun.StartAsync(args, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("error: ", run.Error, StringComparison.Ordinal);
        Assert.Contains("--help'", run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }
}
