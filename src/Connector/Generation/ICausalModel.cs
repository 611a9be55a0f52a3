namespace OnnxChat.Connector.Generation;

/// <summary>A loaded language model. Sequences of one model may be stepped from several threads, each from one at a time.</summary>
internal interface ICausalModel : IDisposable
{
    /// <summary>Starts a sequence and runs its prompt.</summary>
    /// <param name="prompt">At least one token.</param>
    /// <param name="maxLength">Most tokens of prompt and reply together; the cache is made for this many.</param>
    ITokenSequence Start(ReadOnlySpan<int> prompt, int maxLength);
}
