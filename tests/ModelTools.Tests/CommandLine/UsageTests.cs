using OnnxChat.ModelTools.Tests.Fixtures;

namespace OnnxChat.ModelTools.Tests.CommandLine;

public class UsageTests
{
    [Theory]
    [InlineData("import")]
    [InlineData("generate")]
    [InlineData("chat")]
    [InlineData("bench")]
    public async Task Help_OfEveryCommand_HasAnExample(string command)
    {
        var run = await CommandRun.StartAsync([command, "--help"], cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("Example:", run.Output, StringComparison.Ordinal);
        Assert.Contains($"onnxchat {command} --", run.Output, StringComparison.Ordinal);
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
