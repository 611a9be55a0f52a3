namespace OnnxChat.BotHost.Turns;

/// <summary>A message was not accepted: its sender writes too often.</summary>
/// <param name="limit">Messages a minute that are allowed.</param>
/// <param name="wait">When another is.</param>
internal sealed class TurnTooOftenException(int limit, TimeSpan wait)
    : TurnInboxException($"{limit} messages of this sender came within a minute, which is as many as {TurnsOptions.Section}:{nameof(TurnsOptions.MaxMessagesPerMinute)} allows. The next is taken in {Math.Ceiling(wait.TotalSeconds):F0} s.")
{
    public override TimeSpan RetryAfter => wait;
}
