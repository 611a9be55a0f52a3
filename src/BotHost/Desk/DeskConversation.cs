using System.Text.Json.Serialization;

namespace OnnxChat.BotHost.Desk;

/// <summary>A conversation on the desk's list.</summary>
internal sealed record DeskConversation(
    [property: JsonPropertyName("id")] string Id,
    [property: JsonPropertyName("language")] string Language,
    [property: JsonPropertyName("requestedAt")] DateTimeOffset RequestedAt,
    [property: JsonPropertyName("person")] string? Person);
