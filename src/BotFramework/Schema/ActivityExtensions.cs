namespace Microsoft.Bot.Schema;

/// <summary>Mentions in a message's text.</summary>
public static class ActivityExtensions
{
    public static bool MentionsId(this IMessageActivity activity, string id) =>
        activity.GetMentions().Any(mention => mention.Mentioned?.Id == id);

    public static bool MentionsRecipient(this IMessageActivity activity) => activity.MentionsId(activity.Recipient?.Id);

    /// <summary>Takes the mentions of <paramref name="id"/> out of the text, and returns the text.</summary>
    public static string RemoveMentionText(this IMessageActivity activity, string id)
    {
        foreach (var mention in activity.GetMentions().Where(mention => mention.Mentioned?.Id == id))
        {
            var text = mention.Text ?? $"<at>{mention.Mentioned.Name}</at>";
            if (text.Length > 0)
                activity.Text = activity.Text?.Replace(text, "", StringComparison.OrdinalIgnoreCase).Trim();
        }

        return activity.Text;
    }

    /// <summary>Takes the mentions of the bot out of the text, and returns the text.</summary>
    public static string RemoveRecipientMention(this IMessageActivity activity) => activity.RemoveMentionText(activity.Recipient?.Id);
}
