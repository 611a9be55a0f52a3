using Microsoft.Bot.Schema;

namespace OnnxChat.BotHost.Bot;

/// <summary>In a chat of several people the bot speaks only when it is spoken to.</summary>
internal static class GroupChat
{
    public static bool Is(ConversationAccount? conversation) =>
        conversation is { IsGroup: true } or { ConversationType: "groupChat" or "channel" };

    public static bool IsForOthers(IMessageActivity activity) => Is(activity.Conversation) && !activity.MentionsRecipient();
}
