using System.CommandLine;
using System.CommandLine.Parsing;
using OnnxChat.Connector;
using OnnxChat.Gpt2.Checkpoints;
using OnnxChat.ModelTools.Bench;
using OnnxChat.ModelTools.Chat;
using OnnxChat.ModelTools.Doctor;
using OnnxChat.ModelTools.Evaluate;
using OnnxChat.ModelTools.Generate;
using OnnxChat.ModelTools.Import;

namespace OnnxChat.ModelTools.CommandLine;

/// <summary>The command <c>onnxchat</c>.</summary>
internal static class OnnxChatCommand
{
    /// <summary>Runs a command line and returns the exit code.</summary>
    public static async Task<int> RunAsync(IReadOnlyList<string> args, Terminal terminal, CancellationToken cancellationToken)
    {
        var root = new RootCommand("Turns GPT-2 conversation checkpoints into models that OnnxChat serves, and runs them.")
        {
            BenchCommand.Create(terminal),
            ChatCommand.Create(terminal),
            ImportCommand.Create(terminal),
            GenerateCommand.Create(terminal),
            EvaluateCommand.Create(terminal),
            DoctorCommand.Create(terminal),
        };
        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
            return await ReportUsageAsync(parsed, terminal).ConfigureAwait(false);

        var invocation = new InvocationConfiguration
        {
            Output = terminal.Output,
            Error = terminal.Error,
            EnableDefaultExceptionHandler = false,
            // A chat on a terminal goes on after Ctrl-C.
            ProcessTerminationTimeout = terminal.IsInteractive && parsed.CommandResult.Command.Name == ChatCommand.Name ? null : TimeSpan.FromSeconds(30),
        };
        try
        {
            return await parsed.InvokeAsync(invocation, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            await terminal.Error.WriteLineAsync("Stopped; nothing was left behind.").ConfigureAwait(false);
            return ExitCodes.Interrupted;
        }
        catch (Exception e) when (IsForThePerson(e))
        {
            await terminal.Error.WriteLineAsync($"error: {e.Message}").ConfigureAwait(false);
            return ExitCodes.Failed;
        }
    }

    private static bool IsForThePerson(Exception exception) => exception
        is UserException or CheckpointException or OnnxChatModelException or IOException or UnauthorizedAccessException
        or InvalidDataException or NotSupportedException or ArgumentException;

    private static async Task<int> ReportUsageAsync(ParseResult parsed, Terminal terminal)
    {
        foreach (var error in parsed.Errors)
            await terminal.Error.WriteLineAsync($"error: {error.Message}").ConfigureAwait(false);
        var command = string.Join(' ', Path(parsed.CommandResult).Reverse());
        await terminal.Error.WriteLineAsync($"See '{command} --help'.").ConfigureAwait(false);
        return ExitCodes.UsedWrongly;
    }

    private static IEnumerable<string> Path(CommandResult command)
    {
        for (SymbolResult? at = command; at is CommandResult result; at = at.Parent)
            yield return result.Command is RootCommand ? "onnxchat" : result.Command.Name;
    }
}
