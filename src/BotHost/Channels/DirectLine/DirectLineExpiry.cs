using OnnxChat.BotHost.Turns;

namespace OnnxChat.BotHost.Channels.DirectLine;

/// <summary>Forgets idle conversations once a minute, so that their memory and streams go also when nobody asks for them.</summary>
internal sealed partial class DirectLineExpiry(DirectLineConversations conversations, TimeProvider time, ILogger<DirectLineExpiry> logger) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await ForgetAsync();
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private async Task ForgetAsync()
    {
        try
        {
            await conversations.ForgetIdleAsync();
        }
        catch (TurnInboxException e)
        {
            // Thrown on, it would end the host; the next minute may have room again.
            LogNotForgotten(e);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Idle conversations could not be deleted; it is tried again in a minute.")]
    private partial void LogNotForgotten(Exception exception);
}
