namespace OnnxChat.BotHost.Turns;

/// <summary>A message to accept.</summary>
/// <param name="ChannelId">The channel; with conversation and activity it makes the message known.</param>
/// <param name="ConversationId">The conversation, in which turns keep their order.</param>
/// <param name="ActivityId">The channel's id of the message; null where it gave none, and a second delivery cannot be told.</param>
/// <param name="Payload">What the turn is run from.</param>
internal sealed record InboundTurn(string ChannelId, string ConversationId, string? ActivityId, string Payload)
{
    /// <summary>What the clients of a conversation of the host's own are shown, as JSON; null for nothing.</summary>
    public byte[]? Shown { get; init; }

    /// <summary>How many turns may wait or run in all, this one included.</summary>
    public int MostWaiting { get; init; } = int.MaxValue;

    /// <summary>How many turns may wait or run in the conversation, this one included.</summary>
    public int MostInConversation { get; init; } = int.MaxValue;
}
