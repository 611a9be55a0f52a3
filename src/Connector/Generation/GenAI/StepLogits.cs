namespace OnnxChat.Connector.Generation.GenAI;

/// <summary>Logits that GenAI computed in one step, where it keeps them: [rows, 1, vocabulary], 32-bit floats.</summary>
/// <param name="Tensor">The tensor that holds them; 0 for none.</param>
internal readonly record struct StepLogits(nint Tensor) : IDisposable
{
    /// <summary>Address of the first.</summary>
    public nint Data { get; init; }

    public unsafe ReadOnlySpan<float> Row(int row, int vocabularySize) =>
        new((float*)Data + ((long)row * vocabularySize), vocabularySize);

    public void Dispose()
    {
        if (Tensor != 0)
            GeneratorLogits.Destroy(Tensor);
    }
}
