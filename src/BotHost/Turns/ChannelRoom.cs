namespace OnnxChat.BotHost.Turns;

/// <summary>What may be taken.</summary>
/// <param name="Full">Channels of which nothing may be taken.</param>
/// <param name="Most">How many turns of the others, all of which may be of one.</param>
/// <param name="Freed">Completes when one of <paramref name="Full"/> has a place again.</param>
internal sealed record ChannelRoom(IReadOnlyList<string> Full, int Most, Task Freed);
