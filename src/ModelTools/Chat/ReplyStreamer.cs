using System.Text;
using OnnxChat.Connector;
using OnnxChat.Connector.Chat;
using OnnxChat.Connector.Prompting;

namespace OnnxChat.ModelTools.Chat;

/// <summary>Answers one question after another.</summary>
internal sealed class ReplyStreamer(LoadedModel model, ChatState state)
{
    /// <summary>Answers a question.</summary>
    /// <param name="question">The question.</param>
    /// <param name="write">Gets the reply's characters as soon as they are certain.</param>
    /// <param name="cancellationToken">Stops the reply; the question is then forgotten.</param>
    /// <exception cref="OnnxChatPromptTooLongException">The question leaves no room for a reply.</exception>
    public async Task<ChatReply> ReplyAsync(string question, Action<string> write, CancellationToken cancellationToken)
    {
        var turn = new Turn(TurnRole.User, question);
        var request = model.Prepare(new ChatRequest([.. state.Turns, turn], state.System, 0), state.Reply).Request;
        var text = new StringBuilder();
        var trimmer = new ReplyTrimmer();
        OnnxChatConfidence? confidence = null;
        await foreach (var step in model.GenerateAsync(request, cancellationToken).ConfigureAwait(false))
        {
            var piece = trimmer.Append(step.Text);
            text.Append(piece);
            if (piece.Length > 0)
                write(piece);
            confidence = step.Confidence ?? confidence;
        }

        if (model.Folder.Prompts.Template.IsMultiTurn)
            state.Turns.AddRange([turn, new Turn(TurnRole.Assistant, text.ToString())]);
        return new ChatReply(text.ToString(), confidence);
    }
}
