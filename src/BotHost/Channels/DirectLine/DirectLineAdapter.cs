using System.Globalization;
using System.Security.Claims;
using System.Security.Principal;
using Microsoft.Bot.Builder;
using Microsoft.Bot.Schema;
using OnnxChat.BotHost.Bot;
using OnnxChat.BotHost.Bot.HandOff;
using OnnxChat.BotHost.Turns;

namespace OnnxChat.BotHost.Channels.DirectLine;

/// <summary>
/// Takes the bot's replies to the conversation in memory. There is no HTTP between the channel and the bot, and so
/// nothing to authenticate: the channel has checked the customer's token.
/// </summary>
internal sealed partial class DirectLineAdapter : BotAdapter
{
    private const int MaxDelayMilliseconds = 60_000;

    private readonly DirectLineConversations _conversations;
    private readonly TimeProvider _time;
    private readonly ILogger<DirectLineAdapter> _logger;

    public DirectLineAdapter(DirectLineConversations conversations, TurnErrorHandler errors, HandOffMiddleware handOffs, TimeProvider time, ILogger<DirectLineAdapter> logger)
    {
        _conversations = conversations;
        _time = time;
        _logger = logger;
        OnTurnError = errors.HandleAsync;
        Use(handOffs);
    }

    public async Task ProcessAsync(Activity activity, BotCallbackHandler callback, CancellationToken cancellationToken)
    {
        using var context = new TurnContext(this, activity);
        context.TurnState.Add<IIdentity>(BotIdentityKey, new ClaimsIdentity());
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _conversations.ClosedOf(activity.Conversation.Id));
        await RunPipelineAsync(context, callback, ended.Token);
    }

    public override async Task<ResourceResponse[]> SendActivitiesAsync(ITurnContext turnContext, Activity[] activities, CancellationToken cancellationToken)
    {
        var responses = new ResourceResponse[activities.Length];
        for (var i = 0; i < activities.Length; i++)
            responses[i] = new ResourceResponse(await SendAsync(activities[i], cancellationToken));
        return responses;
    }

    public override Task<ResourceResponse> UpdateActivityAsync(ITurnContext turnContext, Activity activity, CancellationToken cancellationToken) => UpdateAsync(activity);

    public override Task DeleteActivityAsync(ITurnContext turnContext, ConversationReference reference, CancellationToken cancellationToken) => UpdateAsync(new Activity(ActivityTypes.MessageDelete)
    {
        Id = reference.ActivityId,
        ChannelId = reference.ChannelId,
        Conversation = reference.Conversation,
        From = reference.Bot,
    });

    private async Task<string> SendAsync(Activity activity, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        switch (activity.Type)
        {
            case ActivityTypes.Delay:
                var milliseconds = Math.Clamp(Convert.ToInt32(activity.Value, CultureInfo.InvariantCulture), 0, MaxDelayMilliseconds);
                await Task.Delay(TimeSpan.FromMilliseconds(milliseconds), _time, cancellationToken);
                return "";
            case ActivityTypes.Trace:
                // For the Emulator only.
                return "";
            case ActivityTypes.Typing:
                // Of a reply that is not there yet: when the turn runs a second time, it begins anew.
                Stamp(activity);
                _conversations.ShowInPassing(activity.Conversation.Id, activity);
                return activity.Id;
            default:
                Stamp(activity);
                await KeepAsync(activity);
                return activity.Id;
        }
    }

    private async Task<ResourceResponse> UpdateAsync(Activity activity)
    {
        activity.Timestamp = _time.GetUtcNow();
        await KeepAsync(activity);
        return new ResourceResponse(activity.Id);
    }

    private void Stamp(Activity activity)
    {
        activity.Id = ActivityIds.New(activity.Conversation.Id);
        activity.Timestamp = _time.GetUtcNow();
        StreamingChannelData.Complete(activity);
    }

    // What a turn says is shown when it ends, in one step with its end: a customer sees an answer once, whatever dies.
    private async Task KeepAsync(Activity activity)
    {
        if (TurnRun.Current is { } run)
            run.Replies.Add(ActivityJson.Write(activity));
        else if (await _conversations.FindAsync(activity.Conversation.Id) is { } conversation)
            await _conversations.SayAsync(conversation, activity);
        else
            LogGone();
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "What the bot said was dropped: the conversation is over.")]
    private partial void LogGone();
}
