using System.Runtime.CompilerServices;

namespace Microsoft.Bot.Schema;

public partial class Activity
{
    // A Direct Line conversationUpdate has an id that no client ever sees: a reply to it would be shown nowhere.
    private string ReplyableId =>
        string.Equals(Type, ActivityTypes.ConversationUpdate, StringComparison.OrdinalIgnoreCase)
        && (string.Equals(ChannelId, "directline", StringComparison.OrdinalIgnoreCase) || string.Equals(ChannelId, "webchat", StringComparison.OrdinalIgnoreCase))
            ? null
            : Id;

    /// <summary>Where this activity came from: what a reply, now or later, needs.</summary>
    public ConversationReference GetConversationReference() => new()
    {
        ActivityId = ReplyableId,
        User = From,
        Bot = Recipient,
        Conversation = Conversation,
        ChannelId = ChannelId,
        Locale = Locale,
        ServiceUrl = ServiceUrl,
    };

    /// <summary>As <see cref="GetConversationReference"/>, for the reply that was sent to this activity.</summary>
    public ConversationReference GetReplyConversationReference(ResourceResponse reply)
    {
        ArgumentNullException.ThrowIfNull(reply);
        var reference = GetConversationReference();
        reference.ActivityId = reply.Id;
        return reference;
    }

    /// <summary>Addresses this activity to a conversation, from the bot or, when <paramref name="isIncoming"/>, from the user.</summary>
    public Activity ApplyConversationReference(ConversationReference reference, bool isIncoming = false)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ChannelId = reference.ChannelId;
        ServiceUrl = reference.ServiceUrl;
        Conversation = reference.Conversation;
        Locale ??= reference.Locale;
        From = isIncoming ? reference.User : reference.Bot;
        Recipient = isIncoming ? reference.Bot : reference.User;
        if (reference.ActivityId is null)
            return this;

        if (isIncoming)
            Id = reference.ActivityId;
        else
            ReplyToId = reference.ActivityId;

        return this;
    }

    /// <summary>A message that answers this activity.</summary>
    public Activity CreateReply(string text = default, string locale = default)
    {
        var reply = Answer(ActivityTypes.Message);
        reply.Conversation = Conversation is null ? null : new ConversationAccount(isGroup: Conversation.IsGroup, id: Conversation.Id, name: Conversation.Name);
        reply.Text = text ?? "";
        reply.Locale = locale ?? Locale;
        reply.Attachments = [];
        reply.Entities = [];
        return reply;
    }

    /// <summary>A trace activity in this activity's conversation.</summary>
    public ITraceActivity CreateTrace(string name, object value = default, string valueType = default, [CallerMemberName] string label = default)
    {
        var trace = Answer(ActivityTypes.Trace);
        trace.Conversation = Conversation;
        trace.Name = name;
        trace.Label = label;
        trace.ValueType = valueType ?? value?.GetType().Name;
        trace.Value = value;
        return trace;
    }

    private Activity Answer(string type) => new(type)
    {
        Timestamp = TimeProvider.System.GetUtcNow(),
        From = new ChannelAccount(Recipient?.Id, Recipient?.Name),
        Recipient = new ChannelAccount(From?.Id, From?.Name),
        ReplyToId = ReplyableId,
        ServiceUrl = ServiceUrl,
        ChannelId = ChannelId,
    };
}
