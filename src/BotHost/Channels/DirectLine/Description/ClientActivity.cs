using System.ComponentModel;
using System.Text.Json.Serialization;

namespace OnnxChat.BotHost.Channels.DirectLine.Description;

/// <summary>What a client needs of an activity to say something. The endpoint takes any activity of the Bot Framework's schema.</summary>
internal sealed record ClientActivity(
    [property: JsonPropertyName("type"), Description("message for what the user says; event, typing, messageReaction and endOfConversation are taken too.")] string Type,
    [property: JsonPropertyName("text"), Description("What the user says.")] string? Text = null,
    [property: JsonPropertyName("locale"), Description("The user's language, such as en-US or zh-CN.")] string? Locale = null,
    [property: JsonPropertyName("from"), Description("Who says it. The id is that of the token, whatever is sent.")] StartRequest.UserAccount? From = null);
