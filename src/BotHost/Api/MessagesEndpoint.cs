using Microsoft.Bot.Builder;
using Microsoft.Bot.Builder.Integration.AspNet.Core;
using OnnxChat.BotHost.Turns;

namespace OnnxChat.BotHost.Api;

internal static class MessagesEndpoint
{
    /// <summary>Where the Bot Framework's channels deliver activities. All methods, because the adapter refuses the others.</summary>
    public static void MapMessages(this IEndpointRouteBuilder routes) => routes.Map(
        "/api/messages",
        async (HttpContext context, IBotFrameworkHttpAdapter adapter, IBot bot, CancellationToken cancellationToken) =>
        {
            try
            {
                await adapter.ProcessAsync(context.Request, context.Response, bot, cancellationToken);
            }
            catch (TurnInboxException e)
            {
                // The channel keeps the message and brings it again.
                context.Response.StatusCode = e is TurnTooOftenException ? StatusCodes.Status429TooManyRequests : StatusCodes.Status503ServiceUnavailable;
                e.AddRetryAfter(context.Response);
            }
        });
}
