using OnnxChat.ModelTools.CommandLine;
using OnnxChat.Training.CommandLine;

namespace OnnxChat.Training.Tests.Fixtures;

/// <summary>One run of the program within the test's process: exit code and what it wrote.</summary>
internal sealed record TrainRun(int ExitCode, string Output, string Error)
{
    public static Task<TrainRun> StartAsync(params string[] args) => StartAsync(TestContext.Current.CancellationToken, args);

    public static async Task<TrainRun> StartAsync(CancellationToken cancellationToken, params string[] args)
    {
        await using var output = new StringWriter();
        await using var error = new StringWriter();
        var code = await TrainCommand.RunAsync(args, new Terminal(TextReader.Null, output, error), cancellationToken);
        return new TrainRun(code, output.ToString(), error.ToString());
    }
}
