using Microsoft.Extensions.Options;

namespace OnnxChat.BotHost.Turns;

/// <summary>One attempt at a turn of the inbox. What runs below it finds it as <see cref="Current"/>.</summary>
internal sealed class TurnRun
{
    private static readonly AsyncLocal<TurnRun?> Running = new();

    private readonly ITurnInbox _inbox;
    private readonly TimeProvider _time;
    private readonly TimeSpan _freshness;
    private long _heldSince;

    public TurnRun(TurnLease lease, ITurnInbox inbox, IOptions<TurnsOptions> options, TimeProvider time, CancellationToken hostStops)
    {
        Lease = lease;
        HostStops = hostStops;
        _inbox = inbox;
        _time = time;
        _freshness = options.Value.LeaseDuration / 3;
        _heldSince = time.GetTimestamp();
        IsLast = lease.Attempt >= options.Value.MaxAttempts || time.GetUtcNow() + options.Value.DelayAfter(lease.Attempt) >= lease.Deadline;
    }

    /// <summary>The attempt that this code is part of; null where a channel waits for its turn.</summary>
    public static TurnRun? Current => Running.Value;

    public TurnLease Lease { get; }

    /// <summary>Whether a failure of this attempt is for the customer to know: there is no other.</summary>
    public bool IsLast { get; }

    /// <summary>Cancelled when the host gives its turns back.</summary>
    public CancellationToken HostStops { get; }

    /// <summary>What the conversation's clients are shown when the turn ends, in the same step: activities as JSON.</summary>
    public List<byte[]> Replies { get; } = [];

    /// <summary>Why the customer was told that there is no answer; null where there is one.</summary>
    public string? Failure { get; set; }

    /// <summary>Has <see cref="Current"/> be this attempt, for the rest of the calling method.</summary>
    public void Enter() => Running.Value = this;

    /// <summary>The fence before something is sent that cannot be taken back.</summary>
    /// <exception cref="TurnLostException">The turn is another worker's by now.</exception>
    public async Task HoldAsync()
    {
        // Nobody can have taken a turn whose lease has most of its time left.
        if (_time.GetElapsedTime(Volatile.Read(ref _heldSince)) < _freshness)
            return;
        if (!await RenewAsync())
            throw new TurnLostException();
    }

    /// <returns>False where the turn is another worker's by now.</returns>
    public async Task<bool> RenewAsync()
    {
        var now = _time.GetTimestamp();
        if (!await _inbox.RenewAsync(Lease))
            return false;
        Volatile.Write(ref _heldSince, now);
        return true;
    }
}
