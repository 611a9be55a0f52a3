namespace OnnxChat.Evaluation.Bleu;

/// <summary>One number for each n-gram length from 1 to 4.</summary>
public readonly record struct NgramCounts(long Unigrams, long Bigrams, long Trigrams, long Fourgrams)
{
    /// <summary>The longest n-gram.</summary>
    public const int Orders = 4;

    /// <summary>The number for n-grams of <paramref name="order"/> tokens, 1 to 4.</summary>
    public long this[int order] => order switch
    {
        1 => Unigrams,
        2 => Bigrams,
        3 => Trigrams,
        4 => Fourgrams,
        _ => throw new ArgumentOutOfRangeException(nameof(order), order, "N-grams have 1 to 4 tokens."),
    };

    public static NgramCounts operator +(NgramCounts left, NgramCounts right) => new(
        left.Unigrams + right.Unigrams, left.Bigrams + right.Bigrams, left.Trigrams + right.Trigrams, left.Fourgrams + right.Fourgrams);

    public static NgramCounts Add(NgramCounts left, NgramCounts right) => left + right;
}
