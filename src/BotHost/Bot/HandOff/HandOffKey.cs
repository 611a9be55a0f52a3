using Microsoft.Bot.Schema;

namespace OnnxChat.BotHost.Bot.HandOff;

/// <summary>Names a conversation among those of all channels.</summary>
internal readonly record struct HandOffKey(string ChannelId, string ConversationId)
{
    public static HandOffKey Of(IActivity activity) => new(activity.ChannelId ?? "", activity.Conversation?.Id ?? "");
}
