namespace OnnxChat.BotHost.Channels.DirectLine;

/// <summary>Forgets idle conversations once a minute, so that their memory and streams go also when nobody asks for them.</summary>
internal sealed class DirectLineExpiry(DirectLineConversations conversations, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await conversations.ForgetIdleAsync();
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }
}
