using System.Text.Json.Serialization;

namespace OnnxChat.BotHost.Desk;

/// <summary>What a person does at the desk: take a conversation, say something in it, give it back.</summary>
/// <param name="Person">The name that the customer sees, 1 to 64 characters.</param>
/// <param name="Text">What is said; of no meaning otherwise.</param>
internal sealed record DeskRequest(
    [property: JsonPropertyName("person")] string? Person,
    [property: JsonPropertyName("text")] string? Text)
{
    public const int MaxPersonCharacters = 64;

    public string Name => (Person ?? "").Trim();

    public bool HasName => Name.Length is > 0 and <= MaxPersonCharacters;
}
