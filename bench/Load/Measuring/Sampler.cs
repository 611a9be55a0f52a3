using System.Diagnostics;
using OnnxChat.Load.Hosts;

namespace OnnxChat.Load.Measuring;

/// <summary>Looks at the host at intervals until it is told to stop.</summary>
internal sealed class Sampler(HostProcess host, TimeSpan interval, Action<Sample> seen)
{
    private const double Megabyte = 1024 * 1024;

    private readonly long _started = Stopwatch.GetTimestamp();

    public List<Sample> Samples { get; } = [];

    public async Task RunAsync(CancellationToken enough)
    {
        using var timer = new PeriodicTimer(interval);
        try
        {
            do
            {
                var state = await host.StateAsync(enough);
                var sample = new Sample(
                    Stopwatch.GetElapsedTime(_started).TotalSeconds, host.ResidentBytes / Megabyte, state.HeapBytes / Megabyte, host.Handles, host.Threads, host.InboxBytes / Megabyte, state.Waiting);
                Samples.Add(sample);
                seen(sample);
            }
            while (await timer.WaitForNextTickAsync(enough));
        }
        catch (OperationCanceledException) when (enough.IsCancellationRequested)
        {
            // Seen enough.
        }
    }
}
