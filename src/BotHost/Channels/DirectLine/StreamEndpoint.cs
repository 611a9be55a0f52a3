namespace OnnxChat.BotHost.Channels.DirectLine;

internal static class StreamEndpoint
{
    /// <summary>Opens the WebSocket of a streamUrl. The token is in the address because a browser sends no headers here.</summary>
    public static async Task<IResult> OpenAsync(
        HttpContext context, string conversationId, string? watermark, string? t, DirectLineTokens tokens,
        DirectLineConversations conversations, DirectLineStream stream)
    {
        var refusal = DirectLineTokenFilter.Refusal(tokens.Check(t, out var token), token, DirectLineTokenUse.Stream, conversationId);
        if (refusal is not null)
            return refusal;
        if (!context.WebSockets.IsWebSocketRequest)
            return DirectLineError.BadArgument("This address is for a WebSocket.");
        if (!Watermarks.TryParse(watermark, out var seen))
            return DirectLineError.BadArgument($"The watermark '{watermark}' is none of this endpoint.");
        if (await conversations.FindAsync(conversationId) is not { } conversation)
            return DirectLineError.NoConversation();
        if (!conversation.TryOpenStream())
            return DirectLineError.TooMany("This conversation has too many streams open already. Close one.");

        try
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            await stream.RunAsync(socket, conversation, seen, context.RequestAborted);
        }
        finally
        {
            conversation.CloseStream();
        }

        return Results.Empty;
    }
}
