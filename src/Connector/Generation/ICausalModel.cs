namespace OnnxChat.Connector.Generation;

/// <summary>A loaded language model. Batches of one model may be stepped from several threads, each from one at a time.</summary>
internal interface ICausalModel : IDisposable
{
    /// <summary>What computes it: <c>cpu</c>, <c>cuda</c>, <c>dml</c> or another execution provider of ONNX Runtime.</summary>
    string ExecutionProvider => "cpu";

    /// <summary>Starts a batch and runs its prompts.</summary>
    /// <param name="prompts">One a row, each at least one token.</param>
    /// <param name="maxLength">Most tokens of prompt and reply together in any row; the cache is made for this many.</param>
    ITokenBatch Start(IReadOnlyList<ReadOnlyMemory<int>> prompts, int maxLength);
}
