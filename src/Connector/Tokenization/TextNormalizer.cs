namespace OnnxChat.Connector.Tokenization;

/// <summary>Changes text before it is cut up.</summary>
/// <param name="text">Well-formed text, not empty.</param>
/// <param name="start">Whether it stands at the very beginning of the prompt.</param>
internal delegate string TextNormalizer(string text, bool start);
