using Microsoft.Bot.Schema;
using Microsoft.Extensions.Options;
using OnnxChat.BotHost.Bot;
using OnnxChat.BotHost.Turns;

namespace OnnxChat.BotHost.Channels.DirectLine;

/// <summary>Makes activities for the bot: who speaks, where and when is for the channel to say, never for the client.</summary>
internal sealed class InboundActivities(TimeProvider time, IOptions<BotOptions> bot)
{
    // The SDK wants an address here. There is none to send to: replies go back inside the process.
    private const string ServiceUrl = "urn:onnxchat:directline";
    private const int MaxNameLength = 128;
    private const int MaxLocaleLength = 35;

    private static readonly HashSet<string> FromClients = new(StringComparer.Ordinal)
    {
        ActivityTypes.Message, ActivityTypes.Event, ActivityTypes.Typing, ActivityTypes.MessageReaction, ActivityTypes.EndOfConversation,
    };

    public static bool IsAllowed(string? type) => type is not null && FromClients.Contains(type);

    private static bool IsSilent(string type) => type is ActivityTypes.Typing or ActivityTypes.EndOfConversation or ActivityTypes.ConversationUpdate;

    /// <summary>The start of a conversation: the bot and the user are members now.</summary>
    public Activity Joined(DirectLineConversation conversation, StartRequest start)
    {
        var activity = new Activity(ActivityTypes.ConversationUpdate) { Locale = start.Locale };
        Address(activity, conversation, start.User?.Name);
        activity.Id = ActivityIds.New(conversation.Id);
        activity.MembersAdded = [activity.Recipient, activity.From];
        return activity;
    }

    /// <summary>The turn of an activity that is addressed. Silent ones are not shown to the conversation's clients.</summary>
    public static InboundTurn Turn(Activity activity, DirectLineOptions options) =>
        new(activity.ChannelId, activity.Conversation.Id, activity.Id, new StoredTurn(activity, Identity: null, Audience: null).Write())
        {
            Shown = IsSilent(activity.Type) ? null : ActivityJson.Write(activity),
            // One more runs.
            MostInConversation = options.MaxPendingTurns + 1,
        };

    /// <summary>Addresses what a client posted.</summary>
    public void Address(Activity activity, DirectLineConversation conversation, string? userName)
    {
        activity.ChannelId = Microsoft.Bot.Connector.Channels.Webchat;
        activity.ServiceUrl = ServiceUrl;
        activity.Conversation = new ConversationAccount(id: conversation.Id);
        activity.From = new ChannelAccount(conversation.UserId, Cut(userName, MaxNameLength), RoleTypes.User);
        activity.Recipient = new ChannelAccount(BotOptions.Id, bot.Value.Name, RoleTypes.Bot);
        activity.Timestamp = time.GetUtcNow();
        activity.Locale = Cut(activity.Locale, MaxLocaleLength);
        activity.DeliveryMode = null;
        activity.CallerId = null;
        activity.MembersAdded = null;
        activity.MembersRemoved = null;
    }

    private static string? Cut(string? text, int length) => text?.Length > length ? text[..length] : text;
}
