namespace Microsoft.Bot.Builder;

/// <summary>Runs around every turn of an adapter.</summary>
public interface IMiddleware
{
    Task OnTurnAsync(ITurnContext turnContext, NextDelegate next, CancellationToken cancellationToken = default);
}
