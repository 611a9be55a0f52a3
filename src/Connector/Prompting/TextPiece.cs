namespace OnnxChat.Connector.Prompting;

/// <summary>A run of characters that have one origin.</summary>
/// <param name="Text">The characters.</param>
/// <param name="Quoted">Whether they are a message's words rather than the template's own.</param>
internal readonly record struct TextPiece(string Text, bool Quoted);
