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
        catch (TurnTooOftenException e)
        {
            e.AddRetryAfter(context.HttpContext.Response);
            return DirectLineError.TooMany($"So many messages a minute are taken from one sender. Try again in {Math.Ceiling(e.RetryAfter.TotalSeconds):F0} s.");
        }
        catch (TurnInboxFullException e) when (e.OfConversation)
        {
            e.AddRetryAfter(context.HttpContext.Response);
            return DirectLineError.TooMany($"{options.Value.MaxPendingTurns} messages wait for the bot already. Wait for its answer.");
        }
        catch (TurnInboxException e)
        {
            e.AddRetryAfter(context.HttpContext.Response);
            return DirectLineError.Result(StatusCodes.Status503ServiceUnavailable, "ServiceUnavailable", "The bot takes nothing now. Try again in a minute.");
        }
    }
}
