using System.Security.Cryptography;
using System.Text;

namespace OnnxChat.BotHost.Turns.Redis;

/// <summary>The name under which a conversation's turns stand in line. A hash: ids of any length and characters fit into a key.</summary>
internal static class RedisLine
{
    public static string Of(string channelId, string conversationId) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{channelId.Length}:{channelId}{conversationId}")));
}
