using Microsoft.Extensions.Options;

namespace OnnxChat.BotHost.Channels.DirectLine;

internal static class TokenEndpoints
{
    /// <summary>A token for a new conversation. Nothing is kept until the conversation starts.</summary>
    public static async Task<IResult> GenerateAsync(HttpRequest request, DirectLineTokens tokens, IOptions<DirectLineOptions> options, CancellationToken cancellationToken)
    {
        if (await StartRequest.ReadAsync(request, cancellationToken) is not { } start)
            return DirectLineError.BadArgument("The body must be empty or a JSON object such as {\"user\":{\"id\":\"dl_...\"}}.");

        var userId = DirectLineIds.IsUser(start.User?.Id) ? start.User.Id : DirectLineIds.NewUser();
        return Resource(DirectLineIds.NewConversation(), userId, tokens, options.Value);
    }

    public static IResult Refresh(HttpContext context, DirectLineTokens tokens, IOptions<DirectLineOptions> options)
    {
        var token = DirectLineTokenFilter.TokenOf(context);
        return Resource(token.ConversationId, token.UserId, tokens, options.Value);
    }

    public static IResult Session(HttpContext context) =>
        Results.Json(new Dictionary<string, string> { ["sessionId"] = DirectLineTokenFilter.TokenOf(context).ConversationId });

    private static IResult Resource(string conversationId, string userId, DirectLineTokens tokens, DirectLineOptions options) =>
        Results.Json(new ConversationResource(conversationId, tokens.Issue(conversationId, userId), (int)options.TokenLifetime.TotalSeconds));
}
