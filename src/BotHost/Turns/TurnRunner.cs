using Microsoft.Bot.Builder;
using Microsoft.Bot.Builder.Integration.AspNet.Core;
using OnnxChat.BotHost.Channels.DirectLine;

namespace OnnxChat.BotHost.Turns;

/// <summary>Runs the bot on a turn of the inbox, through the adapter that it came by.</summary>
internal sealed class TurnRunner(DirectLineAdapter directLine, IBotFrameworkHttpAdapter channels, TurnApology apology, IServiceScopeFactory scopes)
{
    public async Task RunAsync(TurnRun run, CancellationToken cancellationToken)
    {
        run.Enter();
        await using var scope = scopes.CreateAsyncScope();
        BotCallbackHandler callback = run.Lease.IsExhausted ? apology.SayAsync : scope.ServiceProvider.GetRequiredService<IBot>().OnTurnAsync;
        var turn = StoredTurn.Read(run.Lease.Turn.Payload);
        if (turn.Identity is null)
            await directLine.ProcessAsync(turn.Activity, callback, cancellationToken);
        else
            await ((BotAdapter)channels).ContinueConversationAsync(turn.Identity, turn.Activity, turn.Audience, callback, cancellationToken);
    }
}
