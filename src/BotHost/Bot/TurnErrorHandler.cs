using System.Runtime.ExceptionServices;
using System.Security.Cryptography;
using Microsoft.Bot.Builder;
using Microsoft.Bot.Schema;
using OnnxChat.BotHost.Turns;

namespace OnnxChat.BotHost.Bot;

/// <summary>What happens when a turn fails, whatever the channel: the log gets the exception, the customer a sentence, both the same request id.</summary>
internal sealed partial class TurnErrorHandler(ILogger<TurnErrorHandler> logger)
{
    private const int RequestIdBytes = 6;

    public async Task HandleAsync(ITurnContext turn, Exception exception)
    {
        var run = TurnRun.Current;
        // Not the customer's affair: the channel brings the message again, another worker has it, or it is tried again.
        if (exception is TurnInboxException or TurnLostException || run is { IsLast: false } || run?.HostStops.IsCancellationRequested == true)
            ExceptionDispatchInfo.Throw(exception);

        var activity = turn.Activity;
        var requestId = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(RequestIdBytes));
        run?.Failure = $"{exception.GetType().Name}, request {requestId}";
        LogFailed(exception, requestId, activity.Type, activity.ChannelId, activity.Conversation?.Id);
        if (activity.Type != ActivityTypes.Message)
            return;

        try
        {
            var sentences = new Sentences(BotLanguage.Of(activity.Locale, activity.Text));
            var text = exception is OperationCanceledException or TimeoutException ? sentences.TimedOut(requestId) : sentences.Error(requestId);

            // Not the turn's token: it may be what has just ended the turn.
            await turn.SendActivityAsync(Reply.Saying(text), CancellationToken.None);
        }
        catch (Exception e)
        {
            LogUnsaid(e, requestId);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Request {RequestId} failed: a turn of type {ActivityType} on channel {ChannelId}, conversation {ConversationId}.")]
    private partial void LogFailed(Exception exception, string requestId, string? activityType, string? channelId, string? conversationId);

    [LoggerMessage(Level = LogLevel.Error, Message = "The customer could not be told that request {RequestId} failed.")]
    private partial void LogUnsaid(Exception exception, string requestId);
}
