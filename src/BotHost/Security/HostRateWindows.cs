using System.Threading.RateLimiting;

namespace OnnxChat.BotHost.Security;

/// <summary>Counts at this host alone.</summary>
internal sealed class HostRateWindows : IRateWindows, IDisposable
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly PartitionedRateLimiter<Counted> _limiter = PartitionedRateLimiter.Create<Counted, Counted>(counted => RateLimitPartition.GetFixedWindowLimiter(
        counted, _ => new FixedWindowRateLimiterOptions { PermitLimit = counted.Limit, Window = Window, QueueLimit = 0 }));

    public ValueTask<TimeSpan?> TakeAsync(string what, string who, int limit)
    {
        using var lease = _limiter.AttemptAcquire(new Counted(what, who, limit));
        return ValueTask.FromResult<TimeSpan?>(lease.IsAcquired ? null : lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : Window);
    }

    public void Dispose() => _limiter.Dispose();

    private sealed record Counted(string What, string Who, int Limit);
}
