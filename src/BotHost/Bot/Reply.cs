using Microsoft.Bot.Builder;
using Microsoft.Bot.Schema;

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
}
