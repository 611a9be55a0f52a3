using Microsoft.Bot.Builder;
using Microsoft.Bot.Builder.Integration.AspNet.Core;

namespace OnnxChat.BotHost.Api;

internal static class MessagesEndpoint
{
    /// <summary>Where the Bot Framework's channels deliver activities. All methods, because the adapter refuses the others.</summary>
    public static void MapMessages(this IEndpointRouteBuilder routes) => routes.Map(
        "/api/messages",
        (HttpContext context, IBotFrameworkHttpAdapter adapter, IBot bot, CancellationToken cancellationToken) =>
            adapter.ProcessAsync(context.Request, context.Response, bot, cancellationToken));
}
