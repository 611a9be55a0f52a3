using System.Diagnostics;

namespace OnnxChat.Load.Driving;

/// <summary>Customers who do not wait for one another: messages come at a rate, whatever becomes of those before.</summary>
internal static class OpenLoop
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);

    /// <returns>How many were sent.</returns>
    public static async Task<long> RunAsync(Func<Task> send, double perSecond, TimeSpan duration, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        using var timer = new PeriodicTimer(Tick);
        long sent = 0;
        List<Task> sending = [];
        for (var elapsed = TimeSpan.Zero; elapsed < duration; elapsed = Stopwatch.GetElapsedTime(started))
        {
            for (; sent < elapsed.TotalSeconds * perSecond; sent++)
                sending.Add(send());
            sending.RemoveAll(task => task.IsCompletedSuccessfully);
            await timer.WaitForNextTickAsync(cancellationToken);
        }

        await Task.WhenAll(sending);
        return sent;
    }

    /// <summary>As many customers as are named, each of whom sends the next message when the last was answered.</summary>
    public static async Task SaturateAsync(Func<Task> exchange, int customers, TimeSpan duration)
    {
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, customers).Select(async _ =>
        {
            while (Stopwatch.GetElapsedTime(started) < duration)
                await exchange();
        }));
    }
}
