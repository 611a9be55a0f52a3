namespace OnnxChat.BotHost.Turns;

/// <summary>A turn that was given up, as an operator sees it: without what the customer wrote.</summary>
/// <param name="Id">The turn, for <see cref="ITurnInbox.ReplayAsync"/>.</param>
/// <param name="ChannelId">The channel.</param>
/// <param name="ConversationId">The conversation.</param>
/// <param name="ActivityId">The channel's id of the message, where it gave one.</param>
/// <param name="Attempts">How often it was begun.</param>
/// <param name="AcceptedAt">When it was accepted.</param>
/// <param name="DiedAt">When it was given up.</param>
/// <param name="Failure">Why.</param>
internal sealed record DeadTurn(
    long Id, string ChannelId, string ConversationId, string? ActivityId, int Attempts, DateTimeOffset AcceptedAt, DateTimeOffset DiedAt, string Failure);
