using OnnxChat.Connector;
using OnnxChat.Connector.Chat;
using OnnxChat.ModelTools.CommandLine;

namespace OnnxChat.ModelTools.Chat;

/// <summary>A chat without a terminal: line n of the output is the reply to line n of the input, and nothing else.</summary>
internal sealed class PipedChat(LoadedModel model, ChatState state, Terminal terminal)
{
    /// <exception cref="UserException">A line is too long for the model.</exception>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var replies = new ReplyStreamer(model, state);
        for (var number = 1; await terminal.Input.ReadLineAsync(cancellationToken).ConfigureAwait(false) is { } line; number++)
        {
            var reply = string.IsNullOrWhiteSpace(line) ? null : await ReplyAsync(replies, line, number, cancellationToken).ConfigureAwait(false);
            await terminal.Output.WriteLineAsync((reply is null ? "" : reply.Text.ReplaceLineEndings(" ")).AsMemory(), cancellationToken).ConfigureAwait(false);
            await terminal.Output.FlushAsync(cancellationToken).ConfigureAwait(false);
            if (state.ShowsConfidence && reply?.Confidence is { } confidence)
                await terminal.Error.WriteLineAsync(ConfidenceText.Of(confidence)).ConfigureAwait(false);
        }

        return ExitCodes.Fine;
    }

    private static async Task<ChatReply> ReplyAsync(ReplyStreamer replies, string line, int number, CancellationToken cancellationToken)
    {
        try
        {
            return await replies.ReplyAsync(line, static _ => { }, cancellationToken).ConfigureAwait(false);
        }
        catch (OnnxChatPromptTooLongException e)
        {
            throw new UserException($"Line {number} of the input: {e.Message}", e);
        }
    }
}
