using System.Security.Claims;
using System.Security.Principal;
using Microsoft.Bot.Builder;
using Microsoft.Bot.Schema;
using Microsoft.Extensions.Options;
using IMiddleware = Microsoft.Bot.Builder.IMiddleware;

namespace OnnxChat.BotHost.Turns;

/// <summary>
/// Ends a turn that a channel brings as soon as it is in the inbox, and lets those through that come out of it, with a fence before
/// each thing they send. Turns whose answer is the response itself are run at once: the channel waits for them.
/// </summary>
internal sealed class InboxMiddleware(TurnAdmission admission, BusyReplies busy, IOptions<TurnsOptions> options) : IMiddleware
{
    private readonly TurnsOptions _options = options.Value;

    public async Task OnTurnAsync(ITurnContext turnContext, NextDelegate next, CancellationToken cancellationToken = default)
    {
        if (TurnRun.Current is { } run)
        {
            Fence(turnContext, run);
            await next(cancellationToken);
        }
        else
        {
            await admission.CountAsync(turnContext.Activity);
            if (_options.Store == TurnStore.None || IsWaitedFor(turnContext.Activity))
                await next(cancellationToken);
            else
                await AcceptAsync(turnContext, cancellationToken);
        }
    }

    private static bool IsWaitedFor(Activity activity) =>
        activity.Type == ActivityTypes.Invoke || activity.DeliveryMode == DeliveryModes.ExpectReplies || string.IsNullOrEmpty(activity.Conversation?.Id) || string.IsNullOrEmpty(activity.ServiceUrl);

    private async Task AcceptAsync(ITurnContext turn, CancellationToken cancellationToken)
    {
        var activity = turn.Activity;
        var stored = new StoredTurn(activity, turn.TurnState.Get<IIdentity>(BotAdapter.BotIdentityKey) as ClaimsIdentity ?? new ClaimsIdentity(), turn.TurnState.Get<string>(BotAdapter.OAuthScopeKey));
        try
        {
            // A second delivery is not accepted again, and has its 200 like the first.
            await admission.AcceptAsync(new InboundTurn(activity.ChannelId ?? "", activity.Conversation.Id, IdOf(activity), stored.Write()) { MostInConversation = _options.MaxWaitingInConversation });
        }
        catch (TurnInboxFullException e)
        {
            if (!await busy.TrySayAsync(activity, e, reply => turn.SendActivityAsync(reply, cancellationToken)))
                throw;
        }
    }

    // The edits of a message bear the id of the message.
    private static string? IdOf(Activity activity) => activity.Type is ActivityTypes.MessageUpdate or ActivityTypes.MessageDelete
        ? $"{activity.Id}|{activity.Type}|{activity.Timestamp:O}"
        : string.IsNullOrEmpty(activity.Id) ? null : activity.Id;

    private static void Fence(ITurnContext turn, TurnRun run)
    {
        turn.OnSendActivities(async (_, _, send) =>
        {
            await run.HoldAsync();
            return await send();
        });
        turn.OnUpdateActivity(async (_, _, update) =>
        {
            await run.HoldAsync();
            return await update();
        });
        turn.OnDeleteActivity(async (_, _, delete) =>
        {
            await run.HoldAsync();
            await delete();
        });
    }
}
