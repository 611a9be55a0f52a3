using Microsoft.Bot.Schema;

namespace Microsoft.Bot.Builder;

/// <summary>Tells the user that the bot is at work, while it works on a message for longer than a moment.</summary>
public class ShowTypingMiddleware : IMiddleware
{
    private readonly TimeSpan _delay;
    private readonly TimeSpan _period;
    private readonly TimeProvider _time;

    /// <param name="delay">Milliseconds before the first sign, 0 or more.</param>
    /// <param name="period">Milliseconds between signs, more than 0.</param>
    public ShowTypingMiddleware(int delay = 500, int period = 2000)
        : this(delay, period, TimeProvider.System)
    {
    }

    internal ShowTypingMiddleware(int delay, int period, TimeProvider time)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(delay);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(period);
        _delay = TimeSpan.FromMilliseconds(delay);
        _period = TimeSpan.FromMilliseconds(period);
        _time = time;
    }

    public async Task OnTurnAsync(ITurnContext turnContext, NextDelegate next, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(turnContext);
        ArgumentNullException.ThrowIfNull(next);
        if (turnContext.Activity.Type != ActivityTypes.Message)
        {
            await next(cancellationToken).ConfigureAwait(false);
            return;
        }

        var typing = new TypingLoop(turnContext, _delay, _period, _time);
        await using var ended = typing.ConfigureAwait(false);
        turnContext.OnSendActivities(async (_, activities, send) =>
        {
            // A message takes the sign away: the next one comes after another delay.
            if (activities.Exists(activity => activity.Type == ActivityTypes.Message))
                await typing.RestartAsync(cancellationToken).ConfigureAwait(false);

            return await send().ConfigureAwait(false);
        });
        await typing.RestartAsync(cancellationToken).ConfigureAwait(false);
        await next(cancellationToken).ConfigureAwait(false);
    }
}
