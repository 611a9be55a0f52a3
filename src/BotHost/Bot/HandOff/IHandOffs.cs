namespace OnnxChat.BotHost.Bot.HandOff;

/// <summary>The conversations in which a person is wanted, or speaks. Every method is safe to call at the same time as the others.</summary>
internal interface IHandOffs
{
    ValueTask<HandOffRecord?> FindAsync(HandOffKey key, CancellationToken cancellationToken);

    /// <returns>The oldest request first.</returns>
    ValueTask<IReadOnlyList<HandOffRecord>> ListAsync(CancellationToken cancellationToken);

    /// <returns>False when the conversation waits already, or a person has it.</returns>
    ValueTask<bool> TryAddAsync(HandOffRecord handOff, CancellationToken cancellationToken);

    /// <summary>Gives a waiting conversation to one person, however many ask for it at once.</summary>
    /// <returns>Null when it does not wait.</returns>
    ValueTask<HandOffRecord?> TryTakeAsync(HandOffKey key, string person, CancellationToken cancellationToken);

    /// <returns>What there was; null when there was nothing.</returns>
    ValueTask<HandOffRecord?> RemoveAsync(HandOffKey key, CancellationToken cancellationToken);
}
