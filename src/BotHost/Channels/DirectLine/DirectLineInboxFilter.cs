using Microsoft.Extensions.Options;
using OnnxChat.BotHost.Turns;

namespace OnnxChat.BotHost.Channels.DirectLine;

/// <summary>Says it in Direct Line's form when the inbox takes nothing now.</summary>
internal sealed class DirectLineInboxFilter(IOptions<DirectLineOptions> options) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (TurnInboxFullException e) when (e.OfConversation)
        {
            return DirectLineError.TooMany($"{options.Value.MaxPendingTurns} messages wait for the bot already. Wait for its answer.");
        }
        catch (TurnInboxException)
        {
            return DirectLineError.Result(StatusCodes.Status503ServiceUnavailable, "ServiceUnavailable", "The bot takes nothing now. Try again in a minute.");
        }
    }
}
