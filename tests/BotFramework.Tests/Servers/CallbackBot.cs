using Microsoft.Bot.Builder;

namespace OnnxChat.BotFramework.Tests.Servers;

/// <summary>A bot that is one function.</summary>
internal sealed class CallbackBot(Func<ITurnContext, CancellationToken, Task> callback) : IBot
{
    public int Turns { get; private set; }

    public Task OnTurnAsync(ITurnContext turnContext, CancellationToken cancellationToken = default)
    {
        Turns++;
        return callback(turnContext, cancellationToken);
    }
}
