using System.Security.Cryptography;
using System.Text;

namespace OnnxChat.BotHost.Turns;

/// <summary>What makes a message known again. A hash, so that what is kept of answered messages names no conversation.</summary>
internal static class TurnKey
{
    public static string Of(InboundTurn turn)
    {
        // With lengths: no two messages read the same when their ids are put together.
        var name = $"{turn.ChannelId.Length}:{turn.ChannelId}{turn.ConversationId.Length}:{turn.ConversationId}{turn.ActivityId}";
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(name)));
    }
}
