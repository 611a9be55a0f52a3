using Microsoft.Bot.Schema;
using Microsoft.Extensions.Options;
using OnnxChat.BotHost.Bot;

namespace OnnxChat.BotHost.Turns;

/// <summary>Asks customers to come again whose messages cannot be answered in time, where that is the policy. So many at a time: what is to end a pile-up must not be one.</summary>
internal sealed partial class BusyReplies(IOptions<TurnsOptions> options, ILogger<BusyReplies> logger) : IDisposable
{
    private readonly TurnsOptions _options = options.Value;
    private readonly SemaphoreSlim _places = new(options.Value.MaxBusyReplies, options.Value.MaxBusyReplies);

    /// <param name="activity">What was not accepted.</param>
    /// <param name="refusal">Why.</param>
    /// <param name="say">Sends the reply.</param>
    /// <returns>False where the message is to be refused.</returns>
    public async Task<bool> TrySayAsync(IMessageActivity activity, TurnInboxFullException refusal, Func<Activity, Task> say)
    {
        if (_options.WhenBusy != BusyPolicy.Reply || activity.Type != ActivityTypes.Message || refusal.OfConversation || !await _places.WaitAsync(TimeSpan.Zero))
            return false;

        try
        {
            LogBusy(refusal.Message);
            await say(Reply.Saying(new Sentences(BotLanguage.Of(activity.Locale, activity.Text)).Busy));
            return true;
        }
        finally
        {
            _places.Release();
        }
    }

    public void Dispose() => _places.Dispose();

    [LoggerMessage(Level = LogLevel.Warning, Message = "A customer was asked to try again. {Reason}")]
    private partial void LogBusy(string reason);
}
