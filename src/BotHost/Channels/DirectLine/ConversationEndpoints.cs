using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.Options;
using OnnxChat.BotHost.Turns;

namespace OnnxChat.BotHost.Channels.DirectLine;

internal static class ConversationEndpoints
{
    /// <summary>Starts the token's conversation (201), or goes on with it (200).</summary>
    public static async Task<IResult> StartAsync(
        HttpContext context, DirectLineConversations conversations, TurnWorkers workers, TurnAdmission admission, InboundActivities inbound,
        DirectLineTokens tokens, IOptions<DirectLineOptions> options, CancellationToken cancellationToken)
    {
        if (await StartRequest.ReadAsync(context.Request, cancellationToken) is not { } start)
            return DirectLineError.BadArgument("The body must be empty or a JSON object such as {\"user\":{\"name\":\"...\"},\"locale\":\"en-US\"}.");

        var token = DirectLineTokenFilter.TokenOf(context);
        if (workers.IsStopping || await conversations.StartAsync(token.ConversationId, token.UserId) is not var (conversation, isNew))
            return DirectLineError.Result(StatusCodes.Status503ServiceUnavailable, "ServiceUnavailable", "The bot takes no new conversations now. Try again in a few minutes.");

        if (isNew)
            await admission.AcceptAsync(InboundActivities.Turn(inbound.Joined(conversation, start), options.Value));
        else
            await conversations.TouchAsync(conversation);

        return Resource(context, conversation, 0, tokens, options.Value, isNew ? StatusCodes.Status201Created : StatusCodes.Status200OK);
    }

    /// <summary>A new token and stream for a client that lost its own, from the watermark it had.</summary>
    public static async Task<IResult> ResumeAsync(
        HttpContext context, string conversationId, string? watermark, DirectLineConversations conversations,
        DirectLineTokens tokens, IOptions<DirectLineOptions> options)
    {
        if (!Watermarks.TryParse(watermark, out var seen))
            return DirectLineError.BadArgument($"The watermark '{watermark}' is none of this endpoint.");
        if (await conversations.FindAsync(conversationId) is not { } conversation)
            return DirectLineError.NoConversation();

        await conversations.TouchAsync(conversation);
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
