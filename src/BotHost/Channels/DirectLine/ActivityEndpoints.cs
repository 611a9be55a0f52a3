using Microsoft.Bot.Schema;
using Microsoft.Extensions.Options;
using Newtonsoft.Json;
using OnnxChat.BotHost.Bot.HandOff;
using OnnxChat.BotHost.Turns;

namespace OnnxChat.BotHost.Channels.DirectLine;

internal static class ActivityEndpoints
{
    public static async Task<IResult> ReadAsync(string conversationId, string? watermark, DirectLineConversations conversations)
    {
        if (!Watermarks.TryParse(watermark, out var seen))
            return DirectLineError.BadArgument($"The watermark '{watermark}' is none of this endpoint.");

        return await conversations.FindAsync(conversationId) is { } conversation
            ? Results.Bytes(conversation.ReadAfter(seen, out _).ToJson(), "application/json; charset=utf-8")
            : DirectLineError.NoConversation();
    }

    /// <summary>Takes an activity for the bot and answers at once with its id; the bot's replies come by stream or polling. What is said to a person is shown and has no turn.</summary>
    public static async Task<IResult> PostAsync(
        HttpRequest request, string conversationId, DirectLineConversations conversations, TurnWorkers workers, TurnAdmission admission, BusyReplies busy, InboundActivities inbound,
        DirectLineAdapter adapter, IHandOffs handOffs, IOptions<DirectLineOptions> options, TimeProvider time, CancellationToken cancellationToken)
    {
        if (!request.HasJsonContentType())
            return DirectLineError.Result(StatusCodes.Status415UnsupportedMediaType, "UnsupportedMediaType", "Post an activity as application/json.");
        if (await BoundedBody.ReadAsync(request, options.Value.MaxActivityBytes, cancellationToken) is not { } body)
            return DirectLineError.Result(StatusCodes.Status413PayloadTooLarge, "MessageSizeTooBig", $"The activity is larger than {options.Value.MaxActivityBytes} bytes.");
        if (Parse(body) is not { } activity)
            return DirectLineError.Result(StatusCodes.Status400BadRequest, "BadSyntax", "The body is not the JSON of an activity.");
        if (!InboundActivities.IsAllowed(activity.Type))
            return DirectLineError.Result(StatusCodes.Status400BadRequest, "BadArgument", $"A client cannot post an activity of type '{activity.Type}'; it can post message, event, typing, messageReaction and endOfConversation.");
        if (await conversations.FindAsync(conversationId) is not { } conversation)
            return DirectLineError.NoConversation();

        inbound.Address(activity, conversation, activity.From?.Name);
        activity.Id = ActivityIds.OfPosted(activity, conversation.Id);
        if (workers.IsStopping)
            return DirectLineError.Result(StatusCodes.Status503ServiceUnavailable, "ServiceUnavailable", "The bot is about to stop. Try again in a minute.");
        await admission.CountAsync(activity);
        if (activity.Type == ActivityTypes.Message && await handOffs.FindAsync(HandOffKey.Of(activity), cancellationToken) is { IsTaken: true })
        {
            await conversations.TouchAsync(conversation);
            return Posted(await conversations.SayAsync(conversation, activity));
        }

        try
        {
            await admission.AcceptAsync(InboundActivities.Turn(activity, options.Value));
            conversation.Touch(time.GetUtcNow());
            return Posted(activity.Id);
        }
        catch (TurnInboxFullException e)
        {
            async Task SayAsync(Activity reply)
            {
                await conversations.SayAsync(conversation, activity);
                await adapter.ProcessAsync(activity, (turn, cancelled) => turn.SendActivityAsync(reply, cancelled), cancellationToken);
            }

            if (!await busy.TrySayAsync(activity, e, SayAsync))
                throw;
            await conversations.TouchAsync(conversation);
            return Posted(activity.Id);
        }
    }

    public static IResult RefuseUpload() =>
        DirectLineError.Result(StatusCodes.Status415UnsupportedMediaType, "UnsupportedMediaType", "This bot reads text only; files cannot be uploaded.");

    private static IResult Posted(string id) => Results.Json(new Dictionary<string, string> { ["id"] = id });

    private static Activity? Parse(byte[] body)
    {
        try
        {
            return ActivityJson.Read(body);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
