using System.Globalization;
using System.Security.Claims;
using System.Security.Principal;
using Microsoft.Bot.Builder;
using Microsoft.Bot.Schema;
using OnnxChat.BotHost.Bot;
using OnnxChat.BotHost.Bot.HandOff;

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
        await RunPipelineAsync(context, callback, cancellationToken);
    }

    public override async Task<ResourceResponse[]> SendActivitiesAsync(ITurnContext turnContext, Activity[] activities, CancellationToken cancellationToken)
    {
        var responses = new ResourceResponse[activities.Length];
        for (var i = 0; i < activities.Length; i++)
            responses[i] = new ResourceResponse(await SendAsync(activities[i], cancellationToken));
        return responses;
    }

    public override Task<ResourceResponse> UpdateActivityAsync(ITurnContext turnContext, Activity activity, CancellationToken cancellationToken)
    {
        activity.Timestamp = _time.GetUtcNow();
        Find(activity.Conversation)?.AppendChange(activity);
        return Task.FromResult(new ResourceResponse(activity.Id));
    }

    public override Task DeleteActivityAsync(ITurnContext turnContext, ConversationReference reference, CancellationToken cancellationToken)
    {
        Find(reference.Conversation)?.AppendChange(new Activity(ActivityTypes.MessageDelete)
        {
            Id = reference.ActivityId,
            ChannelId = reference.ChannelId,
            Conversation = reference.Conversation,
            From = reference.Bot,
            Timestamp = _time.GetUtcNow(),
        });
        return Task.CompletedTask;
    }

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
            default:
                activity.Timestamp = _time.GetUtcNow();
                return Find(activity.Conversation)?.Append(activity) ?? "";
        }
    }

    private DirectLineConversation? Find(ConversationAccount account)
    {
        var conversation = _conversations.Find(account.Id);
        if (conversation is null)
            LogGone(account.Id);
        return conversation;
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "A reply to conversation {ConversationId} was dropped: the conversation is over.")]
    private partial void LogGone(string conversationId);
}
