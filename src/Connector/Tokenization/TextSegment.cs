namespace OnnxChat.Connector.Tokenization;

/// <summary>A piece of text that is either one control token or none.</summary>
/// <param name="Text">The characters.</param>
/// <param name="Control">The control token's id; null for ordinary text.</param>
internal readonly record struct TextSegment(string Text, int? Control);
