namespace OnnxChat.BotHost.Turns;

/// <summary>How many turns of each channel run, and which channels have as many as they may.</summary>
/// <param name="most">Turns of one channel that may run.</param>
internal sealed class ChannelPlaces(int most)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _running = new(StringComparer.Ordinal);
    private TaskCompletionSource _freed = NewSignal();

    /// <summary>What may be taken now, of whatever channel it is. It only grows until something is taken.</summary>
    public ChannelRoom Look()
    {
        lock (_gate)
        {
            List<string> full = [];
            var busiest = 0;
            foreach (var (channel, running) in _running)
            {
                if (running >= most)
                    full.Add(channel);
                else
                    busiest = Math.Max(busiest, running);
            }

            return new ChannelRoom(full, most - busiest, _freed.Task);
        }
    }

    public void Take(string channel)
    {
        lock (_gate)
            _running[channel] = _running.GetValueOrDefault(channel) + 1;
    }

    public void Free(string channel)
    {
        lock (_gate)
        {
            var running = _running[channel];
            if (running == 1)
                _running.Remove(channel);
            else
                _running[channel] = running - 1;
            if (running < most)
                return;
            _freed.SetResult();
            _freed = NewSignal();
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
