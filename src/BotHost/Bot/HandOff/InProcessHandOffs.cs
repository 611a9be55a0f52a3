using Microsoft.Extensions.Options;

namespace OnnxChat.BotHost.Bot.HandOff;

/// <summary>Hand-overs of this process's conversations; they end with it, as the conversations do.</summary>
internal sealed class InProcessHandOffs(IOptions<HandOffOptions> options) : IHandOffs
{
    private readonly Lock _gate = new();
    private readonly Dictionary<HandOffKey, HandOffRecord> _records = [];

    public ValueTask<HandOffRecord?> FindAsync(HandOffKey key, CancellationToken cancellationToken)
    {
        lock (_gate)
            return ValueTask.FromResult(_records.GetValueOrDefault(key));
    }

    public ValueTask<IReadOnlyList<HandOffRecord>> ListAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
            return ValueTask.FromResult<IReadOnlyList<HandOffRecord>>([.. _records.Values.OrderBy(record => record.RequestedAt)]);
    }

    public ValueTask<bool> TryAddAsync(HandOffRecord handOff, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (!_records.TryAdd(handOff.Key, handOff))
                return ValueTask.FromResult(false);

            if (_records.Count > options.Value.MaxHandOffs)
                _records.Remove(_records.Values.MinBy(record => record.RequestedAt)!.Key);
            return ValueTask.FromResult(true);
        }
    }

    public ValueTask<HandOffRecord?> TryTakeAsync(HandOffKey key, string person, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return ValueTask.FromResult(_records.GetValueOrDefault(key) is { IsTaken: false } waiting
                ? _records[key] = waiting with { Person = person }
                : null);
        }
    }

    public ValueTask<HandOffRecord?> RemoveAsync(HandOffKey key, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _records.Remove(key, out var removed);
            return ValueTask.FromResult(removed);
        }
    }
}
