namespace OnnxChat.BotHost.Turns;

/// <summary>
/// How fast this host ends turns, by Little's law: as many a second as run at the same time, divided by the seconds that one of
/// them takes. Both are means in which the last turns count most.
/// </summary>
internal sealed class TurnPace
{
    private const double Weight = 1 / 32.0;

    private readonly Lock _gate = new();
    private double _seconds;
    private double _running;
    private bool _hasAny;
    private int _now;

    public void Begin()
    {
        lock (_gate)
            _now++;
    }

    /// <param name="took">The turn's time at a worker.</param>
    public void End(TimeSpan took)
    {
        lock (_gate)
        {
            var weight = _hasAny ? Weight : 1;
            _seconds += weight * (took.TotalSeconds - _seconds);
            _running += weight * (_now - _running);
            _hasAny = true;
            _now--;
        }
    }

    /// <summary>How many turns end within a time.</summary>
    /// <returns>1 or more; <see cref="int.MaxValue"/> where nothing is known.</returns>
    public int Within(TimeSpan time)
    {
        lock (_gate)
        {
            // Before the pace of many is known, they are taken to be as fast as the few before.
            return _hasAny && _seconds > 0 ? (int)Math.Clamp(time.TotalSeconds * Math.Max(_running, _now) / _seconds, 1, int.MaxValue) : int.MaxValue;
        }
    }
}
