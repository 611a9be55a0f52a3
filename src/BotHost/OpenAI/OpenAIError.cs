using System.Text.Json.Serialization;

namespace OnnxChat.BotHost.OpenAI;

/// <summary>An error in OpenAI's shape: <c>{"error":{"message":"…","type":"…","param":"…","code":"…"}}</c>.</summary>
internal sealed record OpenAIError(
    [property: JsonPropertyName("message")] string Message,
    [property: JsonPropertyName("type")] string Type,
    [property: JsonPropertyName("param")] string? Param,
    [property: JsonPropertyName("code")] string? Code)
{
    private const string InvalidRequest = "invalid_request_error";

    public static OpenAIError Bad(string message, string? param, string? code = null) => new(message, InvalidRequest, param, code);

    public static OpenAIError Busy(string message) => new(message, "server_error", null, "busy");

    public static IResult Unauthorized(string message) => new OpenAIError(message, InvalidRequest, null, "invalid_api_key").Result(StatusCodes.Status401Unauthorized);

    public static IResult Forbidden(string message) => new OpenAIError(message, InvalidRequest, null, "not_local").Result(StatusCodes.Status403Forbidden);

    public static IResult RateLimited(string message) => new OpenAIError(message, "requests", null, "rate_limit_exceeded").Result(StatusCodes.Status429TooManyRequests);

    public static IResult NoModel(string asked, string served) =>
        Bad($"The model '{asked}' is not here; this host serves '{served}'.", "model", "model_not_found").Result(StatusCodes.Status404NotFound);

    public IResult Result(int status) => Results.Json(new Envelope(this), statusCode: status);

    /// <summary>What stands around an error.</summary>
    internal sealed record Envelope([property: JsonPropertyName("error")] OpenAIError Error);
}
