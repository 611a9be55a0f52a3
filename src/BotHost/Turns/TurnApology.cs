using Microsoft.Bot.Builder;
using Microsoft.Bot.Schema;
using OnnxChat.BotHost.Bot;
using OnnxChat.BotHost.Bot.HandOff;

namespace OnnxChat.BotHost.Turns;

/// <summary>What a customer is told whose message could not be answered in time: an apology, and a person where one can be reached.</summary>
internal sealed class TurnApology(TurnErrorHandler errors, HandOffService handOffs)
{
    public async Task SayAsync(ITurnContext turn, CancellationToken cancellationToken)
    {
        await errors.HandleAsync(turn, new TimeoutException($"No answer in time: {TurnRun.Current?.Lease.LastFailure ?? "the attempts before ended with their process"}."));
        if (turn.Activity.Type == ActivityTypes.Message && handOffs.RouteFor(turn) != HandOffRoute.None)
            await turn.SendActivityAsync(Reply.Saying(await handOffs.RequestAsync(turn, new Sentences(BotLanguage.Of(turn.Activity.Locale, turn.Activity.Text)), cancellationToken)), cancellationToken);
    }
}
