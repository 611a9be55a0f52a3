using System.Text.Json.Serialization;

namespace OnnxChat.BotHost.Desk;

/// <summary>Why the desk refuses: <c>{"error":"..."}</c>.</summary>
internal sealed record DeskError([property: JsonPropertyName("error")] string Error)
{
    public static IResult Result(int status, string message) => Results.Json(new DeskError(message), statusCode: status);

    public static IResult NoConversation() => Result(StatusCodes.Status404NotFound, "No person is wanted in this conversation, or it is over.");

    public static IResult OtherPerson(string? person) =>
        Result(StatusCodes.Status409Conflict, person is null ? "Nobody has taken this conversation. Take it first." : $"{person} has this conversation.");
}
