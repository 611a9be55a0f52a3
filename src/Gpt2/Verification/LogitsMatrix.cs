namespace OnnxChat.Gpt2.Verification;

/// <summary>Logits of one prompt: for each position, what the model expects next.</summary>
public sealed class LogitsMatrix
{
    private readonly float[] _values;

    internal LogitsMatrix(float[] values, int vocabularySize) => (_values, VocabularySize) = (values, vocabularySize);

    /// <summary>Logits a position.</summary>
    public int VocabularySize { get; }

    /// <summary>Positions of the prompt.</summary>
    public int Positions => _values.Length / VocabularySize;

    /// <summary>The logits after the token at <paramref name="position"/>, from 0 on.</summary>
    public ReadOnlySpan<float> this[int position] => _values.AsSpan(position * VocabularySize, VocabularySize);

    /// <summary>The logits after the last token.</summary>
    public ReadOnlySpan<float> Last => this[Positions - 1];
}
