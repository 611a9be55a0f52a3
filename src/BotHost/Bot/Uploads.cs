using Microsoft.Bot.Schema;

namespace OnnxChat.BotHost.Bot;

internal static class Uploads
{
    /// <summary>Whether the customer sent something beside the text. Teams sends the text itself again as HTML.</summary>
    public static bool AreIn(IMessageActivity activity) =>
        activity.Attachments?.Any(attachment => !string.Equals(attachment.ContentType, "text/html", StringComparison.OrdinalIgnoreCase)) == true;
}
