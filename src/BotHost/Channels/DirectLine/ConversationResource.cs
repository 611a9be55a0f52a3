using System.Text.Json.Serialization;

namespace OnnxChat.BotHost.Channels.DirectLine;

/// <summary>What a client gets to talk in one conversation: a token, the seconds it is good for, and where to open the WebSocket, soon.</summary>
internal sealed record ConversationResource(
    [property: JsonPropertyName("conversationId")] string ConversationId,
    [property: JsonPropertyName("token")] string Token,
    [property: JsonPropertyName("expires_in"), JsonNumberHandling(JsonNumberHandling.Strict)] int ExpiresIn,
    [property: JsonPropertyName("streamUrl"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? StreamUrl = null);
