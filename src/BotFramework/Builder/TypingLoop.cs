using Microsoft.Bot.Schema;
using Trace = System.Diagnostics.Trace;

namespace Microsoft.Bot.Builder;

/// <summary>Sends typing activities until it is disposed.</summary>
internal sealed class TypingLoop(ITurnContext turnContext, TimeSpan delay, TimeSpan period, TimeProvider time) : IAsyncDisposable
{
    private CancellationTokenSource _stop;
    private Task _running = Task.CompletedTask;

    /// <summary>Starts, or starts again with the first delay.</summary>
    internal async Task RestartAsync(CancellationToken cancellationToken)
    {
        await DisposeAsync().ConfigureAwait(false);
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _running = RunAsync(_stop.Token);
    }

    public async ValueTask DisposeAsync()
    {
        if (_stop is null)
            return;

        await _stop.CancelAsync().ConfigureAwait(false);
        await _running.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        _stop.Dispose();
        _stop = null;
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(delay, time, cancellationToken).ConfigureAwait(false);
            while (true)
            {
                // Through the adapter: the sign is no answer of the bot's, and no other middleware's business.
                var typing = new Activity(ActivityTypes.Typing) { RelatesTo = turnContext.Activity.RelatesTo };
                typing.ApplyConversationReference(turnContext.Activity.GetConversationReference());
                await turnContext.Adapter.SendActivitiesAsync(turnContext, [typing], cancellationToken).ConfigureAwait(false);
                await Task.Delay(period, time, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The answer is there, or the turn is over.
        }
        catch (Exception exception)
        {
            // A courtesy that fails must not cost the answer.
            Trace.TraceWarning($"The typing sign could not be sent: {exception.Message}");
        }
    }
}
