namespace OnnxChat.BotHost.Turns;

/// <summary>The right to run a turn, for <see cref="TurnsOptions.LeaseDuration"/> unless it is renewed.</summary>
/// <param name="Id">The turn.</param>
/// <param name="Fence">Greater than that of any lease of the turn before.</param>
/// <param name="Turn">What was accepted.</param>
/// <param name="Attempt">How often the turn was begun, this time included.</param>
/// <param name="Deadline">When the customer must have an answer.</param>
/// <param name="IsExhausted">Whether no attempt or no time is left: the customer is told so, and the turn is buried.</param>
/// <param name="LastFailure">Why the attempt before failed; null where it was not said, as after a crash.</param>
internal sealed record TurnLease(long Id, long Fence, InboundTurn Turn, int Attempt, DateTimeOffset Deadline, bool IsExhausted, string? LastFailure);
