using Microsoft.Extensions.Options;

namespace OnnxChat.BotHost.Desk;

/// <summary>The pages that are open at this host.</summary>
internal sealed class HostDeskAttendance(IOptions<DeskOptions> options, TimeProvider time) : IDeskAttendance
{
    private long _lastSeen = long.MinValue;

    public ValueTask<bool> IsAttendedAsync() =>
        ValueTask.FromResult(Volatile.Read(ref _lastSeen) is var seen && seen != long.MinValue && time.GetElapsedTime(seen) < options.Value.Attendance);

    public ValueTask NoteAsync()
    {
        Volatile.Write(ref _lastSeen, time.GetTimestamp());
        return ValueTask.CompletedTask;
    }
}
