using Microsoft.Bot.Builder;
using Microsoft.Bot.Schema;

namespace OnnxChat.BotHost.Bot;

/// <summary>Tells the customer that the bot is at work, again and again until it is done: channels forget it after seconds.</summary>
internal sealed partial class TypingIndicator(ITurnContext turn, TimeSpan interval, TimeProvider time, ILogger logger)
{
    // An answer that comes sooner needs no sign before it.
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <param name="work">What takes its time.</param>
    /// <param name="isVisible">Whether the customer sees the work itself by now, and needs no sign.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task<T> DuringAsync<T>(Func<CancellationToken, Task<T>> work, Func<bool> isVisible, CancellationToken cancellationToken)
    {
        // Such a channel gets all replies at once, and this one too late.
        if (turn.Activity.DeliveryMode == DeliveryModes.ExpectReplies)
            return await work(cancellationToken);

        var running = work(cancellationToken);
        if (running.IsCompleted)
            return await running;

        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var telling = TellAsync(isVisible, over.Token, cancellationToken);
        try
        {
            return await running;
        }
        finally
        {
            await over.CancelAsync();
            await telling;
        }
    }

    private async Task TellAsync(Func<bool> isVisible, CancellationToken over, CancellationToken cancellationToken)
    {
        await Task.Delay(Grace, time, over).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (over.IsCancellationRequested || isVisible())
            return;

        try
        {
            using var timer = new PeriodicTimer(interval, time);
            do
            {
                await SendAsync(over, cancellationToken);
            }
            while (await timer.WaitForNextTickAsync(over) && !isVisible());
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

    // A sign that is on its way when the answer is there is let arrive: to break its request off breaks the connection
    // that the answer would take. A channel that is slow to take it does not hold the answer up for long.
    private async Task SendAsync(CancellationToken over, CancellationToken cancellationToken)
    {
        using var slow = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        await using var soon = over.Register(() => slow.CancelAfter(Patience));
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(slow.Token, cancellationToken);
        await turn.SendActivityAsync(new Activity(ActivityTypes.Typing), ended.Token);
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "The typing indicator could not be sent.")]
    private partial void LogFailed(Exception exception);
}
