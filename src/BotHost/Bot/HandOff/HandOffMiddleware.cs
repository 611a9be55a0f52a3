using Microsoft.Bot.Builder;
using Microsoft.Bot.Schema;
using IMiddleware = Microsoft.Bot.Builder.IMiddleware;

namespace OnnxChat.BotHost.Bot.HandOff;

/// <summary>Keeps the bot silent in a conversation that a person has.</summary>
internal sealed class HandOffMiddleware(IHandOffs handOffs) : IMiddleware
{
    public async Task OnTurnAsync(ITurnContext turnContext, NextDelegate next, CancellationToken cancellationToken = default)
    {
        var activity = turnContext.Activity;
        if (activity.Type == ActivityTypes.Message && await handOffs.FindAsync(HandOffKey.Of(activity), cancellationToken) is { IsTaken: true })
            return;

        await next(cancellationToken);
    }
}
