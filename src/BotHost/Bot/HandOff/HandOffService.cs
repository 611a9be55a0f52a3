using Microsoft.Bot.Builder;
using Microsoft.Bot.Schema;
using Microsoft.Extensions.Options;
using Newtonsoft.Json.Linq;

namespace OnnxChat.BotHost.Bot.HandOff;

/// <summary>Brings a person into a conversation, on the best way that there is from it.</summary>
internal sealed partial class HandOffService(
    IHandOffs handOffs, IHandOffDesk desk, ITranscripts transcripts, IOptions<HandOffOptions> options, TimeProvider time, ILogger<HandOffService> logger)
{
    /// <summary>The event by which a channel says what became of a request.</summary>
    public const string StatusEvent = "handoff.status";

    private const string InitiateEvent = "handoff.initiate";

    public HandOffRoute RouteFor(ITurnContext turn) => turn switch
    {
        _ when desk.Serves(turn) => HandOffRoute.Desk,
        _ when options.Value.EventChannels.Contains(turn.Activity.ChannelId) => HandOffRoute.Event,
        _ => string.IsNullOrWhiteSpace(options.Value.Contact) ? HandOffRoute.None : HandOffRoute.Contact,
    };

    /// <summary>Asks for a person.</summary>
    /// <returns>What the customer is told.</returns>
    public async Task<string> RequestAsync(ITurnContext turn, Sentences sentences, CancellationToken cancellationToken)
    {
        var route = RouteFor(turn);
        var contact = options.Value.Contact ?? "";
        if (route is HandOffRoute.None)
            throw new InvalidOperationException("No person can be reached from this conversation; look at the route before a person is asked for.");
        if (route is HandOffRoute.Contact)
            return sentences.HandOffContact(contact);

        var key = HandOffKey.Of(turn.Activity);
        if (!await handOffs.TryAddAsync(new HandOffRecord(key, sentences.Language, time.GetUtcNow(), Person: null), cancellationToken))
            return sentences.HandOffAlready;

        LogRequested(key.ChannelId, route);
        if (route is HandOffRoute.Event)
            await turn.SendActivityAsync(Initiation(turn.Activity, await transcripts.OfAsync(key)), cancellationToken);
        if (route is HandOffRoute.Event || await desk.IsAttendedAsync())
            return sentences.HandOffAsked;
        return contact.Length == 0 ? sentences.HandOffNobody : $"{sentences.HandOffNobody} {sentences.HandOffContact(contact)}";
    }

    /// <summary>Follows what the channel says about a person that it was asked for: the event <c>handoff.status</c>.</summary>
    public async Task FollowAsync(IEventActivity status, CancellationToken cancellationToken)
    {
        var key = HandOffKey.Of(status);
        switch ((string?)(status.Value as JObject)?["state"])
        {
            case "accepted":
                await handOffs.TryTakeAsync(key, status.From?.Name ?? "", cancellationToken);
                break;
            case "completed" or "failed":
                await handOffs.RemoveAsync(key, cancellationToken);
                break;
        }
    }

    private static Activity Initiation(Activity activity, IReadOnlyList<SaidMessage> said) => new(ActivityTypes.Event)
    {
        Name = InitiateEvent,
        Value = new JObject { ["locale"] = activity.Locale },
        RelatesTo = activity.GetConversationReference(),
        Attachments =
        [
            new Attachment("application/json", name: "Transcript", content: new JObject
            {
                ["activities"] = new JArray(said.Select(JObject.FromObject)),
            }),
        ],
    };

    [LoggerMessage(Level = LogLevel.Information, Message = "A customer on channel {ChannelId} asks for a person, who is reached by {Route}.")]
    private partial void LogRequested(string channelId, HandOffRoute route);
}
