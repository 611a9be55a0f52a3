using System.Collections.Concurrent;

namespace OnnxChat.BotFramework.Tests.Servers;

/// <summary>A clock that records delays and lets none of them pass in real time; timeouts of 15 seconds and more never come.</summary>
internal sealed class RecordingTimeProvider : TimeProvider
{
    private static readonly TimeSpan Timeouts = TimeSpan.FromSeconds(15);

    public ConcurrentQueue<TimeSpan> Delays { get; } = new();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime == Timeout.InfiniteTimeSpan || dueTime >= Timeouts)
            return base.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        Delays.Enqueue(dueTime);
        return base.CreateTimer(callback, state, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }
}
