using System.CommandLine;
using OnnxChat.ModelTools.Bench;
using OnnxChat.ModelTools.Calibrate;
using OnnxChat.ModelTools.Chat;
using OnnxChat.ModelTools.Doctor;
using OnnxChat.ModelTools.Evaluate;
using OnnxChat.ModelTools.Forget;
using OnnxChat.ModelTools.Generate;
using OnnxChat.ModelTools.Import;
using OnnxChat.ModelTools.Mcp;
using OnnxChat.ModelTools.Review;
using OnnxChat.ModelTools.Teams;

namespace OnnxChat.ModelTools.CommandLine;

/// <summary>The command <c>onnxchat</c>.</summary>
internal static class OnnxChatCommand
{
    /// <summary>Runs a command line and returns the exit code.</summary>
    public static Task<int> RunAsync(IReadOnlyList<string> args, Terminal terminal, CancellationToken cancellationToken)
    {
        var root = new RootCommand("Turns GPT-2 conversation checkpoints into models that OnnxChat serves, and runs them.")
        {
            BenchCommand.Create(terminal),
            CalibrateCommand.Create(terminal),
            ChatCommand.Create(terminal),
            ImportCommand.Create(terminal),
            GenerateCommand.Create(terminal),
            EvaluateCommand.Create(terminal),
            DoctorCommand.Create(terminal),
            ForgetCommand.Create(terminal),
            ManifestCommand.Create(terminal),
            McpCommand.Create(),
            ReviewCommand.Create(terminal),
        };
        // A chat on a terminal goes on after Ctrl-C.
        return CommandRunner.RunAsync("onnxchat", root, args, terminal, cancellationToken, goesOnAfterInterrupt: ChatCommand.Name);
    }
}
