namespace OnnxChat.Connector.Generation;

/// <summary>Prompts and the replies under way, stepped together.</summary>
internal interface ITokenBatch : IDisposable
{
    /// <summary>Logits for a row's next token, one a token of the vocabulary; valid until the next step.</summary>
    ReadOnlySpan<float> Logits(int row);

    /// <summary>Adds a token to each row and runs the model on them.</summary>
    /// <param name="tokens">One a row; for a row that nobody reads any more, any token.</param>
    void Step(ReadOnlySpan<int> tokens);

    /// <summary>Adds tokens to the only row and runs the model on them.</summary>
    /// <param name="tokens">At least one.</param>
    void Append(ReadOnlySpan<int> tokens);
}
