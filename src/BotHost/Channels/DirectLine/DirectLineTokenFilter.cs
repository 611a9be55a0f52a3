namespace OnnxChat.BotHost.Channels.DirectLine;

/// <summary>Lets a request through whose bearer token is good, and for the conversation in the route when there is one.</summary>
internal sealed class DirectLineTokenFilter(DirectLineTokens tokens) : IEndpointFilter
{
    private const string Scheme = "Bearer ";

    /// <summary>The token that let the request through.</summary>
    public static DirectLineToken TokenOf(HttpContext context) => (DirectLineToken)context.Items[typeof(DirectLineToken)]!;

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var header = http.Request.Headers.Authorization.ToString();
        var text = header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? header[Scheme.Length..].Trim() : null;
        var refusal = Refusal(tokens.Check(text, out var token), token, DirectLineTokenUse.Client, http.GetRouteValue("conversationId") as string);
        if (refusal is not null)
            return refusal;

        http.Items[typeof(DirectLineToken)] = token;
        return await next(context);
    }

    /// <returns>Null when the token opens the conversation for that use.</returns>
    public static IResult? Refusal(DirectLineTokenStatus status, DirectLineToken? token, DirectLineTokenUse use, string? conversationId) => status switch
    {
        DirectLineTokenStatus.Invalid => DirectLineError.NoToken(),
        _ when token!.Use != use => DirectLineError.NoToken(),
        DirectLineTokenStatus.Expired => DirectLineError.TokenExpired(),
        _ when conversationId is not null && conversationId != token.ConversationId => DirectLineError.OtherConversation(),
        _ => null,
    };
}
