using System.Security.Cryptography;
using System.Text;
using Microsoft.Bot.Schema;
using Newtonsoft.Json.Linq;

namespace OnnxChat.BotHost.Channels.DirectLine;

/// <summary>Names of activities: <c>conversation|…</c>, as Direct Line's are.</summary>
internal static class ActivityIds
{
    private const string ClientsId = "clientActivityID";
    private const int HashBytes = 16;

    public static string New(string conversationId) => $"{conversationId}|{Guid.CreateVersion7():N}";

    /// <summary>The name of what a client posts. Where the client names it too, as Web Chat does, the same post has the same name again: it is one message, however often it is sent.</summary>
    public static string OfPosted(Activity activity, string conversationId)
    {
        if (activity.ChannelData is not JObject data || data[ClientsId] is not JValue { Type: JTokenType.String, Value: string { Length: > 0 } name })
            return New(conversationId);
        return $"{conversationId}|{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, HashBytes))}";
    }
}
