using System.CommandLine;
using System.CommandLine.Parsing;
using OnnxChat.Connector;
using OnnxChat.Gpt2.Checkpoints;

namespace OnnxChat.ModelTools.CommandLine;

/// <summary>Runs a command line: what was wrong with it, and what went wrong, in the words of the person who typed it.</summary>
internal static class CommandRunner
{
    /// <summary>Runs a command line and returns the exit code.</summary>
    /// <param name="name">What the person types to start the program.</param>
    /// <param name="root">Its commands.</param>
    /// <param name="args">What was typed after it.</param>
    /// <param name="terminal">Where it was typed.</param>
    /// <param name="cancellationToken">Stops the command.</param>
    /// <param name="goesOnAfterInterrupt">The command that answers Ctrl-C itself when it talks to a terminal; null for none.</param>
    public static async Task<int> RunAsync(
        string name, RootCommand root, IReadOnlyList<string> args, Terminal terminal, CancellationToken cancellationToken, string? goesOnAfterInterrupt = null)
    {
        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
            return await ReportUsageAsync(name, parsed, terminal).ConfigureAwait(false);

        var goesOn = terminal.IsInteractive && parsed.CommandResult.Command.Name == goesOnAfterInterrupt;
        var invocation = new InvocationConfiguration
        {
            Output = terminal.Output,
            Error = terminal.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = goesOn ? null : TimeSpan.FromSeconds(30),
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

    private static async Task<int> ReportUsageAsync(string name, ParseResult parsed, Terminal terminal)
    {
        foreach (var error in parsed.Errors)
            await terminal.Error.WriteLineAsync($"error: {error.Message}").ConfigureAwait(false);
        var command = string.Join(' ', Path(name, parsed.CommandResult).Reverse());
        await terminal.Error.WriteLineAsync($"See '{command} --help'.").ConfigureAwait(false);
        return ExitCodes.UsedWrongly;
    }

    private static IEnumerable<string> Path(string name, CommandResult command)
    {
        for (SymbolResult? at = command; at is CommandResult result; at = at.Parent)
            yield return result.Command is RootCommand ? name : result.Command.Name;
    }
}
