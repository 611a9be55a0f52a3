using Microsoft.Bot.Builder;
using Microsoft.Bot.Schema;

namespace OnnxChat.BotHost.Bot;

/// <summary>Tells the customer that the bot is at work, again and again until it is done: channels forget it after seconds.</summary>
internal sealed partial class TypingIndicator(ITurnContext turn, TimeSpan interval, TimeProvider time, ILogger logger)
{
    /// <param name="work">What takes its time.</param>
    /// <param name="isVisible">Whether the customer sees the work itself by now, and needs no sign.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task<T> DuringAsync<T>(Func<CancellationToken, Task<T>> work, Func<bool> isVisible, CancellationToken cancellationToken)
    {
        // Such a channel gets all replies at once, and this one too late.
        if (turn.Activity.DeliveryMode == DeliveryModes.ExpectReplies)
            return await work(cancellationToken);

        using var done = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var telling = TellAsync(isVisible, done.Token);
        try
        {
            return await work(cancellationToken);
        }
        finally
        {
            await done.CancelAsync();
            await telling;
        }
    }

    private async Task TellAsync(Func<bool> isVisible, CancellationToken cancellationToken)
    {
        try
        {
            using var timer = new PeriodicTimer(interval, time);
            do
            {
                await turn.SendActivityAsync(new Activity(ActivityTypes.Typing), cancellationToken);
            }
            while (await timer.WaitForNextTickAsync(cancellationToken) && !isVisible());
        }
        catch (OperationCanceledException)
        {
            // The answer is there, or the turn is over.
        }
        catch (Exception e)
        {
            // A courtesy that fails must not cost the answer.
            LogFailed(e);
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "The typing indicator could not be sent.")]
    private partial void LogFailed(Exception exception);
}
