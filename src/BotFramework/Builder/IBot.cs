namespace Microsoft.Bot.Builder;

/// <summary>A bot: it sees one activity at a time.</summary>
public interface IBot
{
    Task OnTurnAsync(ITurnContext turnContext, CancellationToken cancellationToken = default);
}
