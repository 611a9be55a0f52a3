namespace OnnxChat.Connector.Generation;

/// <summary>Why a reply ended.</summary>
internal enum GenerationFinish
{
    /// <summary>The model gave its end token, or a stop sequence.</summary>
    Stop,

    /// <summary>The token limit or the context was reached.</summary>
    Length,
}
