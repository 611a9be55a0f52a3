namespace OnnxChat.Connector.Tokenization;

/// <summary>Cuts text into pieces that no token reaches across.</summary>
internal delegate IEnumerable<(int Offset, int Length)> TextSplitter(string text);
