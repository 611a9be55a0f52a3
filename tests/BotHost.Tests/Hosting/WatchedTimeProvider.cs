using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;

namespace OnnxChat.BotHost.Tests.Hosting;

/// <summary>A clock that stands still, and tells when somebody has begun to wait for it.</summary>
internal sealed class WatchedTimeProvider(DateTimeOffset start) : FakeTimeProvider(start)
{
    private readonly ConcurrentDictionary<TimeSpan, TaskCompletionSource> _waits = new();

    /// <summary>Completes once a timer of that length has been started; what it waits for then comes by advancing the clock.</summary>
    public Task WaitOf(TimeSpan length) => Signal(length).Task;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        Signal(dueTime).TrySetResult();
        return timer;
    }

    private TaskCompletionSource Signal(TimeSpan length) =>
        _waits.GetOrAdd(length, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
}
