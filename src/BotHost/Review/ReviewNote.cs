using System.Text.Json.Serialization;

namespace OnnxChat.BotHost.Review;

/// <summary>A line of the notes. It says neither who asked nor in which conversation.</summary>
internal sealed record ReviewNote(
    [property: JsonPropertyName("day")] DateOnly Day,
    [property: JsonPropertyName("kind")] ReviewKind Kind,
    [property: JsonPropertyName("language")] string Language,
    [property: JsonPropertyName("question")] string Question,
    [property: JsonPropertyName("answer")] string? Answer);
