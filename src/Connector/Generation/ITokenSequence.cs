namespace OnnxChat.Connector.Generation;

/// <summary>A prompt and the reply under way.</summary>
internal interface ITokenSequence : IDisposable
{
    /// <summary>Logits for the next token, one a token of the vocabulary; valid until the next call.</summary>
    ReadOnlySpan<float> Logits { get; }

    /// <summary>Adds a token and runs the model on it.</summary>
    void Append(int token);
}
