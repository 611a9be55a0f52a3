using System.CommandLine;
using OnnxChat.ModelTools.CommandLine;
using OnnxChat.Training.Expand;
using OnnxChat.Training.Export;
using OnnxChat.Training.Prepare;
using OnnxChat.Training.Runs;

namespace OnnxChat.Training.CommandLine;

/// <summary>The command <c>onnxchat-train</c>.</summary>
internal static class TrainCommand
{
    /// <summary>Runs a command line and returns the exit code.</summary>
    public static Task<int> RunAsync(IReadOnlyList<string> args, Terminal terminal, CancellationToken cancellationToken)
    {
        var root = new RootCommand("Trains a GPT-2 conversation model on your own conversations.")
        {
            ExpandCommand.Create(terminal),
            PrepareCommand.Create(terminal),
            TrainingCommand.Create(terminal),
            ExportCommand.Create(terminal),
        };
        return CommandRunner.RunAsync("onnxchat-train", root, args, terminal, cancellationToken);
    }
}
