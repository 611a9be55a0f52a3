using System.Text.Json.Serialization;

namespace OnnxChat.BotHost.Review;

/// <summary>A line of the notes. It says neither who asked nor where; the last one only finds it again, see <see cref="ReviewMarks"/>.</summary>
internal sealed record ReviewNote(
    [property: JsonPropertyName("day")] DateOnly Day,
    [property: JsonPropertyName("kind")] ReviewKind Kind,
    [property: JsonPropertyName("language")] string Language,
    [property: JsonPropertyName("question")] string Question,
    [property: JsonPropertyName("answer")] string? Answer,
    [property: JsonPropertyName("conversation")] string? Conversation);
