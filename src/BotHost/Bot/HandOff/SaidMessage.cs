using Newtonsoft.Json;

namespace OnnxChat.BotHost.Bot.HandOff;

/// <summary>A message as the person who takes over needs it.</summary>
internal sealed record SaidMessage(
    [property: JsonProperty("type")] string Type,
    [property: JsonProperty("timestamp")] DateTimeOffset? Timestamp,
    [property: JsonProperty("from")] SaidMessage.Speaker From,
    [property: JsonProperty("text")] string Text)
{
    internal sealed record Speaker([property: JsonProperty("id")] string? Id, [property: JsonProperty("role")] string? Role);
}
