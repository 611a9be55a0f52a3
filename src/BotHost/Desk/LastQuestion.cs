using Microsoft.Bot.Schema;
using OnnxChat.BotHost.Bot;
using OnnxChat.BotHost.Channels.DirectLine;

namespace OnnxChat.BotHost.Desk;

internal static class LastQuestion
{
    /// <returns>What the customer said last, apart from asking for a person; null where that is all.</returns>
    public static string? In(DirectLineConversation conversation) => conversation.ReadAfter(0, out _).Activities
        .Reverse()
        .Select(json => ActivityJson.Read(json))
        .Where(activity => activity is { Type: ActivityTypes.Message, From.Role: RoleTypes.User, Text.Length: > 0 } && !PersonRequest.Is(activity.Text.Trim()))
        .Select(activity => activity!.Text.Trim())
        .FirstOrDefault();
}
