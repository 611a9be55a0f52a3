namespace OnnxChat.BotHost.Channels.DirectLine;

/// <summary>A conversation as it is kept.</summary>
/// <param name="UserId">The customer.</param>
/// <param name="LastUsed">When the customer last did something.</param>
/// <param name="Activities">The latest activities, by number.</param>
internal sealed record StoredConversation(string UserId, DateTimeOffset LastUsed, IReadOnlyList<ShownActivity> Activities);
