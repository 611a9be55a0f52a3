using Microsoft.Bot.Schema;

namespace OnnxChat.BotHost.Bot.Streaming;

/// <summary>How a channel shows a reply while it grows.</summary>
/// <param name="Interval">The shortest time between two updates.</param>
/// <param name="Limit">The longest that a stream may last.</param>
/// <param name="InformsAfter">When the customer is told that the bot is at work; null where typing activities say it.</param>
/// <param name="UsesEntities">Whether an entity of type <c>streaminfo</c> describes the stream, and its text may only grow.</param>
internal sealed record StreamProfile(TimeSpan Interval, TimeSpan Limit, TimeSpan? InformsAfter, bool UsesEntities)
{
    private const string Personal = "personal";

    /// <summary>Teams takes one request a second, ends a stream after two minutes, and streams in chats of two only.</summary>
    public static readonly StreamProfile Teams = new(TimeSpan.FromSeconds(1.5), TimeSpan.FromSeconds(110), TimeSpan.FromSeconds(0.5), UsesEntities: true);

    public static readonly StreamProfile WebChat = new(TimeSpan.FromMilliseconds(150), TimeSpan.FromMinutes(15), InformsAfter: null, UsesEntities: false);

    /// <returns>Null where the channel shows whole replies only.</returns>
    public static StreamProfile? Of(Activity activity) => activity switch
    {
        { DeliveryMode: DeliveryModes.ExpectReplies } or { Conversation.IsGroup: true } => null,
        { ChannelId: Microsoft.Bot.Connector.Channels.Msteams, Conversation.ConversationType: Personal } => Teams,
        { ChannelId: Microsoft.Bot.Connector.Channels.Webchat or Microsoft.Bot.Connector.Channels.Directline } => WebChat,
        _ => null,
    };
}
