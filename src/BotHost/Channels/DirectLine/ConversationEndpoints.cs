using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.Options;

namespace OnnxChat.BotHost.Channels.DirectLine;

internal static class ConversationEndpoints
{
    /// <summary>Starts the token's conversation (201), or goes on with it (200).</summary>
    public static async Task<IResult> StartAsync(
        HttpContext context, DirectLineConversations conversations, DirectLineTurns turns, InboundActivities inbound,
        DirectLineTokens tokens, IOptions<DirectLineOptions> options, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await StartRequest.ReadAsync(context.Request, cancellationToken) is not { } start)
            return DirectLineError.BadArgument("The body must be empty or a JSON object such as {\"user\":{\"name\":\"...\"},\"locale\":\"en-US\"}.");

        var token = DirectLineTokenFilter.TokenOf(context);
        if (turns.IsStopping || conversations.Start(token.ConversationId, token.UserId) is not var (conversation, isNew))
            return DirectLineError.Result(StatusCodes.Status503ServiceUnavailable, "ServiceUnavailable", "The bot takes no new conversations now. Try again in a few minutes.");

        conversation.Touch(time.GetUtcNow());
        if (isNew)
            turns.TryPost(conversation, inbound.Joined(conversation, start), silent: true);

        return Resource(context, conversation, 0, tokens, options.Value, isNew ? StatusCodes.Status201Created : StatusCodes.Status200OK);
    }

    /// <summary>A new token and stream for a client that lost its own, from the watermark it had.</summary>
    public static IResult Resume(
        HttpContext context, string conversationId, string? watermark, DirectLineConversations conversations,
        DirectLineTokens tokens, IOptions<DirectLineOptions> options, TimeProvider time)
    {
        if (!Watermarks.TryParse(watermark, out var seen))
            return DirectLineError.BadArgument($"The watermark '{watermark}' is none of this endpoint.");
        if (conversations.Find(conversationId) is not { } conversation)
            return DirectLineError.NoConversation();

        conversation.Touch(time.GetUtcNow());
        return Resource(context, conversation, seen, tokens, options.Value, StatusCodes.Status200OK);
    }

    private static IResult Resource(HttpContext context, DirectLineConversation conversation, long watermark, DirectLineTokens tokens, DirectLineOptions options, int status)
    {
        var request = context.Request;
        var stream = UriHelper.BuildAbsolute(
            request.IsHttps ? "wss" : "ws",
            request.Host,
            request.PathBase,
            $"{DirectLineEndpoints.Prefix}/conversations/{conversation.Id}/stream",
            new QueryBuilder
            {
                { "watermark", watermark.ToString(System.Globalization.CultureInfo.InvariantCulture) },
                { "t", tokens.Issue(conversation.Id, conversation.UserId, DirectLineTokenUse.Stream) },
            }.ToQueryString());
        var token = tokens.Issue(conversation.Id, conversation.UserId);
        return Results.Json(new ConversationResource(conversation.Id, token, (int)options.TokenLifetime.TotalSeconds, stream), statusCode: status);
    }
}
