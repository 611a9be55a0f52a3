using Microsoft.Bot.Builder;
using Microsoft.Bot.Schema;
using OnnxChat.BotHost.Bot.Feedback;

namespace OnnxChat.BotHost.Bot;

internal static class Reply
{
    /// <summary>One message that is shown as it is, can be spoken, and leaves the microphone to the customer.</summary>
    public static Activity Saying(string text)
    {
        var reply = MessageFactory.Text(text, text, InputHints.AcceptingInput);
        reply.TextFormat = TextFormatTypes.Plain;
        return reply;
    }

    /// <summary>As <see cref="Saying"/>, for the model's words: the customer sees whose they are, and can say whether they helped.</summary>
    public static Activity Answering(Activity question, string text, bool asksForFeedback)
    {
        var answer = Saying(text);
        AnswerLabel.Attach(answer, question, asksForFeedback);
        return answer;
    }
}
