using System.Text.Json.Serialization;

namespace OnnxChat.BotHost.Channels.DirectLine;

/// <summary>An error as Direct Line's clients read it: <c>{"error":{"code":"...","message":"..."}}</c>.</summary>
internal sealed record DirectLineError([property: JsonPropertyName("error")] DirectLineError.Detail Error)
{
    public static IResult Result(int status, string code, string message) =>
        Results.Json(new DirectLineError(new Detail(code, message)), statusCode: status);

    public static IResult NoToken() =>
        Result(StatusCodes.Status401Unauthorized, "Unauthorized", "Send a token of this endpoint as 'Authorization: Bearer <token>'; POST v3/directline/tokens/generate gives one.");

    public static IResult TokenExpired() =>
        Result(StatusCodes.Status403Forbidden, "TokenExpired", "The token has expired. Start again with POST v3/directline/tokens/generate.");

    public static IResult OtherConversation() =>
        Result(StatusCodes.Status403Forbidden, "BadArgument", "The token is for another conversation.");

    public static IResult NoConversation() =>
        Result(StatusCodes.Status404NotFound, "ConversationNotFound", "There is no such conversation, or it was idle too long. Start one with POST v3/directline/conversations.");

    public static IResult BadArgument(string message) =>
        Result(StatusCodes.Status400BadRequest, "BadArgument", message);

    public static IResult TooMany(string message) =>
        Result(StatusCodes.Status429TooManyRequests, "TooManyRequests", message);

    internal sealed record Detail(
        [property: JsonPropertyName("code")] string Code,
        [property: JsonPropertyName("message")] string Message);
}
