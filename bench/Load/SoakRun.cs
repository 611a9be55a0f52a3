using System.Globalization;
using OnnxChat.Load.Driving;
using OnnxChat.Load.Measuring;

namespace OnnxChat.Load;

/// <summary>Has a host work at a share of its capacity for a long time, and looks whether it grows.</summary>
internal sealed class SoakRun(HostSettings settings, double share, TimeSpan duration, Action<string> progress)
{
    private const int Saturation = 8;
    private const double VisitorsPerSecond = 1;

    private static readonly TimeSpan CapacityTime = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Drain = TimeSpan.FromMinutes(1);

    public async Task<SoakResult> RunAsync(CancellationToken cancellationToken)
    {
        await using var channel = await Channel.StartAsync();
        await using var host = await settings.StartAsync(cancellationToken);
        var capacity = await channel.CapacityAsync(host.Http, settings.AtOnce * Saturation, CapacityTime, cancellationToken);
        progress($"capacity: {capacity:F1} messages a second");

        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Tally tally = new();
        var sampler = new Sampler(host, Interval, sample =>
        {
            channel.CountEnded();
            progress(string.Create(CultureInfo.InvariantCulture, $"{sample.Seconds,6:F0} s: {sample.ResidentMegabytes:F0} MB resident, {sample.HeapMegabytes:F0} MB heap, {sample.Handles} handles, {sample.Threads} threads, inbox {sample.InboxMegabytes:F1} MB with {sample.Waiting}, {tally.Answered} answered"));
        });
        var processor = host.ProcessorTime;
        var sampling = sampler.RunAsync(enough.Token);
        var visits = 0;
        var visiting = OpenLoop.RunAsync(
            async () =>
            {
                if (await Visitor.AskAsync(host.Http, cancellationToken))
                    Interlocked.Increment(ref visits);
            },
            VisitorsPerSecond,
            duration,
            cancellationToken);
        var offered = (capacity * share) - VisitorsPerSecond;
        var sent = await OpenLoop.RunAsync(() => channel.SendAsync(host.Http, tally, cancellationToken), offered, duration, cancellationToken);
        var visitors = await visiting.WaitAsync(cancellationToken);
        var spent = host.ProcessorTime - processor;
        await enough.CancelAsync();
        await sampling.WaitAsync(cancellationToken);
        await channel.WaitForAnswersAsync(Drain, cancellationToken);
        channel.CountAll();
        return new SoakResult(capacity, offered + VisitorsPerSecond, duration, sent, visitors, visits, tally, channel.Unexpected, spent, await host.WaitForEmptyInboxAsync(Drain, cancellationToken), sampler.Samples);
    }
}
