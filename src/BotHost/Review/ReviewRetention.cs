namespace OnnxChat.BotHost.Review;

/// <summary>Deletes old notes at start and once an hour, also when nobody writes new ones.</summary>
internal sealed class ReviewRetention(ReviewFolder folder, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!folder.IsOn)
            return;

        using var timer = new PeriodicTimer(Period, time);
        try
        {
            do
                folder.ForgetOld();
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }
}
