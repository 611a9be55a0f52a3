using OnnxChat.ModelTools.CommandLine;
using OnnxChat.Training.CommandLine;

namespace OnnxChat.Training.Tests.CommandLine;

public sealed class TrainCommandTests
{
    [Fact]
    public async Task RunAsync_UnknownCommand_SaysSoAndWhereHelpIs()
    {
        using var error = new StringWriter();
        var terminal = new Terminal(TextReader.Null, TextWriter.Null, error);

        var code = await TrainCommand.RunAsync(["trian"], terminal, TestContext.Current.CancellationToken);

        Assert.Equal(ExitCodes.UsedWrongly, code);
        Assert.Contains("trian", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("See 'onnxchat-train --help'.", error.ToString(), StringComparison.Ordinal);
    }
}
