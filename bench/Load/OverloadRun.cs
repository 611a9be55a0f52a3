using System.Globalization;
using OnnxChat.Load.Driving;
using OnnxChat.Load.Measuring;

namespace OnnxChat.Load;

/// <summary>Offers a host far more than it can answer, and then what it can.</summary>
internal sealed class OverloadRun(HostSettings settings, OverloadOptions options, Action<string> progress)
{
    private const int Saturation = 8;
    private const double ShareAfter = 0.7;

    private static readonly TimeSpan CapacityTime = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Recovery = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan After = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Drain = TimeSpan.FromMinutes(1);

    public async Task<OverloadResult> RunAsync(CancellationToken cancellationToken)
    {
        await using var channel = await Channel.StartAsync();
        await using var host = await settings.StartAsync(
            cancellationToken,
            $"--OnnxChat:Turns:Deadline={options.Deadline:c}",
            $"--OnnxChat:Turns:WhenBusy={options.WhenBusy}");
        var capacity = await channel.CapacityAsync(host.Http, settings.AtOnce * Saturation, CapacityTime, cancellationToken);
        progress($"capacity: {capacity:F1} messages a second");

        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Tally storm = new();
        var sampler = new Sampler(host, Interval, sample =>
        {
            channel.CountEnded();
            progress(string.Create(CultureInfo.InvariantCulture, $"{sample.Seconds,6:F0} s: {sample.ResidentMegabytes:F0} MB resident, {sample.HeapMegabytes:F0} MB heap, {sample.Handles} handles, {sample.Threads} threads, {sample.Waiting} in the inbox, {storm.Answered} answered, {storm.Refused + storm.ToldBusy} told"));
        });
        var sampling = sampler.RunAsync(enough.Token);
        var before = channel.Answers;
        var sent = await OpenLoop.RunAsync(() => channel.SendAsync(host.Http, storm, cancellationToken), capacity * options.Factor, options.Duration, cancellationToken);
        var during = (channel.Answers - before) / options.Duration.TotalSeconds;
        await enough.CancelAsync();
        await sampling.WaitAsync(cancellationToken);

        Task OfferAsync(Tally tally, TimeSpan duration) => OpenLoop.RunAsync(() => channel.SendAsync(host.Http, tally, cancellationToken), capacity * ShareAfter, duration, cancellationToken);
        await OfferAsync(new Tally(), Recovery);
        Tally calm = new();
        before = channel.Answers;
        await OfferAsync(calm, After);
        var after = (channel.Answers - before) / After.TotalSeconds;

        await channel.WaitForAnswersAsync(Drain, cancellationToken);
        channel.CountAll();
        return new OverloadResult(capacity, sent, during, storm, capacity * ShareAfter, after, calm, channel.Unexpected, await host.WaitForEmptyInboxAsync(Drain, cancellationToken), sampler.Samples);
    }
}
