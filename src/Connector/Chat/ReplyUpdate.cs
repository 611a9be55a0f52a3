namespace OnnxChat.Connector.Chat;

/// <summary>A piece of a reply; the last one has an end.</summary>
/// <param name="Text">Text to add; may be empty.</param>
/// <param name="End">Null while the reply goes on.</param>
internal readonly record struct ReplyUpdate(string Text, ReplyEnd? End);
