using System.ComponentModel;
using System.Text.Json.Serialization;

namespace OnnxChat.BotHost.Channels.DirectLine.Description;

/// <summary>An activity of the conversation, the part of it that a client without cards and buttons needs.</summary>
internal sealed record ReceivedActivity(
    [property: JsonPropertyName("type"), Description("message for what was said.")] string Type,
    [property: JsonPropertyName("id")] string? Id = null,
    [property: JsonPropertyName("from")] ReceivedActivity.Account? From = null,
    [property: JsonPropertyName("text"), Description("What was said.")] string? Text = null,
    [property: JsonPropertyName("replyToId"), Description("The id of the activity that this is the reply to.")] string? ReplyToId = null)
{
    internal sealed record Account(
        [property: JsonPropertyName("id")] string Id,
        [property: JsonPropertyName("name")] string? Name = null,
        [property: JsonPropertyName("role"), Description("bot or user.")] string? Role = null);
}
