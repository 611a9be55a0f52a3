using System.ComponentModel;
using System.Text.Json.Serialization;

namespace OnnxChat.BotHost.Channels.DirectLine.Description;

/// <summary>The answer to an activity that was posted.</summary>
internal sealed record PostedActivity(
    [property: JsonPropertyName("id"), Description("The activity's id in the conversation; replies to it have it as replyToId.")] string Id);
