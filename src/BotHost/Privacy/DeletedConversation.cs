using System.Text.Json.Serialization;

namespace OnnxChat.BotHost.Privacy;

/// <summary>What became of a request to delete a conversation.</summary>
/// <param name="Deleted">Records that were deleted.</param>
internal sealed record DeletedConversation([property: JsonPropertyName("deleted")] int Deleted);
