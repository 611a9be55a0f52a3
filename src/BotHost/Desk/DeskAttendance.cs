using Microsoft.Extensions.Options;

namespace OnnxChat.BotHost.Desk;

/// <summary>Whether somebody has the desk's page open.</summary>
internal sealed class DeskAttendance(IOptions<DeskOptions> options, TimeProvider time)
{
    private long _lastSeen = long.MinValue;

    public bool IsAttended => Volatile.Read(ref _lastSeen) is var seen && seen != long.MinValue && time.GetElapsedTime(seen) < options.Value.Attendance;

    public void Note() => Volatile.Write(ref _lastSeen, time.GetTimestamp());
}
