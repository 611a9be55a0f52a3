namespace OnnxChat.BotHost.Turns;

/// <summary>How much an inbox holds.</summary>
/// <param name="Waiting">Turns that wait or run.</param>
/// <param name="Dead">Dead letters.</param>
/// <param name="OldestAcceptedAt">When the oldest turn that waits or runs was accepted; null where there is none.</param>
internal sealed record TurnInboxState(int Waiting, int Dead, DateTimeOffset? OldestAcceptedAt);
