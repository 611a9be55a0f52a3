namespace OnnxChat.Connector.Prompting;

/// <summary>A message of a conversation.</summary>
/// <param name="Role">Who said it.</param>
/// <param name="Text">What was said.</param>
internal sealed record Turn(TurnRole Role, string Text)
{
    /// <summary>The kind of a part that is not text; null where the message is text only.</summary>
    public string? Unreadable { get; init; }
}
