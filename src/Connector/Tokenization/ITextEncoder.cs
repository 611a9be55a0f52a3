namespace OnnxChat.Connector.Tokenization;

/// <summary>Turns normalized text into tokens. Safe for concurrent use.</summary>
internal interface ITextEncoder
{
    /// <param name="text">Well-formed text, not empty.</param>
    IReadOnlyList<int> Encode(string text);
}
