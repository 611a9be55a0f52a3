using System.ComponentModel;
using System.Text.Json.Serialization;

namespace OnnxChat.BotHost.Channels.DirectLine.Description;

/// <summary>What <see cref="ActivitySet"/> writes.</summary>
internal sealed record ReceivedActivities(
    [property: JsonPropertyName("activities")] IReadOnlyList<ReceivedActivity> Activities,
    [property: JsonPropertyName("watermark"), Description("Give it with the next call, which then has what came since.")] string Watermark);
