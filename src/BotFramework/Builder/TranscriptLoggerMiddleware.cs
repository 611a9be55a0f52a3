using Microsoft.Bot.Schema;
using Newtonsoft.Json.Linq;
using Trace = System.Diagnostics.Trace;

namespace Microsoft.Bot.Builder;

/// <summary>Gives a logger copies of what a turn received and sent, in order, once the turn has ended well.</summary>
public class TranscriptLoggerMiddleware : IMiddleware
{
    private readonly ITranscriptLogger _logger;

    public TranscriptLoggerMiddleware(ITranscriptLogger transcriptLogger)
    {
        ArgumentNullException.ThrowIfNull(transcriptLogger);
        _logger = transcriptLogger;
    }

    public async Task OnTurnAsync(ITurnContext turnContext, NextDelegate nextTurn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(turnContext);
        ArgumentNullException.ThrowIfNull(nextTurn);
        var transcript = new List<Activity>();
        // The event that a proactive turn starts with was sent by nobody.
        if (turnContext.Activity is not { Type: ActivityTypes.Event, Name: ActivityEventNames.ContinueConversation })
            transcript.Add(Incoming(turnContext.Activity));

        turnContext.OnSendActivities(async (_, activities, next) =>
        {
            var responses = await next().ConfigureAwait(false);
            transcript.AddRange(activities.Select(Copy));
            return responses;
        });
        turnContext.OnUpdateActivity(async (_, activity, next) =>
        {
            var response = await next().ConfigureAwait(false);
            var update = Copy(activity);
            update.Type = ActivityTypes.MessageUpdate;
            transcript.Add(update);
            return response;
        });
        turnContext.OnDeleteActivity(async (_, reference, next) =>
        {
            await next().ConfigureAwait(false);
            transcript.Add(new Activity(ActivityTypes.MessageDelete) { Id = reference.ActivityId, Timestamp = TimeProvider.System.GetUtcNow() }.ApplyConversationReference(reference));
        });

        await nextTurn(cancellationToken).ConfigureAwait(false);
        await LogAsync(transcript).ConfigureAwait(false);
    }

    private async Task LogAsync(List<Activity> transcript)
    {
        try
        {
            foreach (var activity in transcript)
                await _logger.LogActivityAsync(activity).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            // The answer has been given: a transcript that cannot be kept must not make the turn fail.
            Trace.TraceError($"A transcript could not be kept: {exception.Message}");
        }
    }

    private static Activity Incoming(Activity activity)
    {
        var copy = Copy(activity);
        copy.From ??= new ChannelAccount();
        copy.From.Role ??= RoleTypes.User;
        return copy;
    }

    private static Activity Copy(Activity activity)
    {
        var copy = JObject.FromObject(activity, ActivityJson.Serializer).ToObject<Activity>(ActivityJson.Serializer);
        copy.Id = string.IsNullOrEmpty(copy.Id) ? $"g_{Guid.NewGuid()}" : copy.Id;
        copy.Timestamp ??= TimeProvider.System.GetUtcNow();
        return copy;
    }
}
