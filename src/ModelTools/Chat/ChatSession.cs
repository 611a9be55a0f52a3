using OnnxChat.Connector;
using OnnxChat.Connector.Chat;
using OnnxChat.ModelTools.CommandLine;
using Spectre.Console;

namespace OnnxChat.ModelTools.Chat;

/// <summary>A chat on a terminal: the model card's loop, with commands that begin with a slash.</summary>
internal sealed class ChatSession(LoadedModel model, ChatState state, Terminal terminal)
{
    private const string Prompt = "Enter a prompt (or 'q' to quit): ";

    private readonly ReplyStreamer _replies = new(model, state);
    private readonly ChatCommands _commands = new(model, state);
    private readonly Func<string?> _readLine = terminal.ReadKey is { } readKey ? new LineEditor(readKey, terminal.Output).ReadLine : terminal.Input.ReadLine;
    private readonly IAnsiConsole _console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(terminal.Output) });

    /// <summary>Goes on until <c>q</c>, the end of the input, or Ctrl-C at the prompt.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        using var interrupts = new ChatInterrupts(terminal.Interrupts, cancellationToken);
        // The terminal breaks lines itself, at the width it has then.
        _console.Profile.Width = int.MaxValue / 2;
        try
        {
            while (await AskAsync(interrupts.Quit).ConfigureAwait(false) is { } line && line.Trim() is not "q")
                await AnswerAsync(line.Trim(), interrupts).ConfigureAwait(false);
            return ExitCodes.Fine;
        }
        catch (OperationCanceledException) when (interrupts.Quit.IsCancellationRequested)
        {
            await terminal.Output.WriteLineAsync().ConfigureAwait(false);
            return ExitCodes.Interrupted;
        }
    }

    private async Task<string?> AskAsync(CancellationToken quit)
    {
        await terminal.Output.WriteAsync(Prompt).ConfigureAwait(false);
        await terminal.Output.FlushAsync(CancellationToken.None).ConfigureAwait(false);
        // Nothing ends a read of a console but its line; at Ctrl-C it is left behind, and the process ends without it.
        return await Task.Run(_readLine, CancellationToken.None).WaitAsync(quit).ConfigureAwait(false);
    }

    private async Task AnswerAsync(string line, ChatInterrupts interrupts)
    {
        if (line.Length == 0)
            return;
        try
        {
            if (line[0] == '/')
                await terminal.Output.WriteLineAsync(_commands.Run(line)).ConfigureAwait(false);
            else
                await ReplyAsync(line, interrupts).ConfigureAwait(false);
        }
        catch (Exception e) when (e is UserException or ArgumentException or OnnxChatPromptTooLongException or OnnxChatTimeoutException)
        {
            Say($"error: {e.Message}", Color.Red);
        }
    }

    private async Task ReplyAsync(string question, ChatInterrupts interrupts)
    {
        var reply = await interrupts.RunAsync(stop => _replies.ReplyAsync(question, Write, stop)).ConfigureAwait(false);
        await terminal.Output.WriteLineAsync().ConfigureAwait(false);
        if (reply is null)
            Say("(stopped)", Color.Grey);
        else if (state.ShowsConfidence && reply.Confidence is { } confidence)
            Say(ConfidenceText.Of(confidence), Color.Grey);
    }

    private void Write(string text)
    {
        terminal.Output.Write(text);
        terminal.Output.Flush();
    }

    private void Say(string text, Color color) => _console.WriteLine(text, new Style(foreground: color));
}
