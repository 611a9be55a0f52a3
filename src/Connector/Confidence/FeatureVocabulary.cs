namespace OnnxChat.Connector.Confidence;

/// <summary>The features that the known questions have, with their weights.</summary>
internal sealed class FeatureVocabulary
{
    /// <summary>A unit of <see cref="Rarity"/>, in nats.</summary>
    public const float RarityUnit = 0.06f;

    private readonly uint[] _hashes;

    // A feature that nobody has asked with is as rare as the rarest.
    private readonly float _unseenWeight;

    /// <param name="hashes">In rising order, each once.</param>
    /// <param name="rarity">For each its inverse document frequency, in <see cref="RarityUnit"/>.</param>
    public FeatureVocabulary(uint[] hashes, byte[] rarity)
    {
        _hashes = hashes;
        Rarity = rarity;
        _unseenWeight = rarity.Length == 0 ? 0 : rarity.Max() * RarityUnit;
    }

    public ReadOnlySpan<uint> Hashes => _hashes;

    public byte[] Rarity { get; }

    public int Count => _hashes.Length;

    public float Weight(int feature) => Rarity[feature] * RarityUnit;

    public bool IsForSimilarity(int feature) => (_hashes[feature] & TextFeatures.SimilarityFlag) != 0;

    /// <summary>Finds a question's features.</summary>
    public QuestionVector Find(TextFeatures question)
    {
        var found = new List<int>(question.Hashes.Length);
        double classification = 0, similarity = 0;
        int seen = 0, similar = 0;
        var from = 0;
        foreach (var hash in question.Hashes)
        {
            var forSimilarity = (hash & TextFeatures.SimilarityFlag) != 0;
            similar += forSimilarity ? 1 : 0;
            // Both are sorted, so what is left of the vocabulary gets less and less.
            var at = _hashes.AsSpan(from).BinarySearch(hash);
            if (at < 0)
            {
                from += ~at;
                similarity += forSimilarity ? _unseenWeight * _unseenWeight : 0;
                continue;
            }

            from += at;
            found.Add(from);
            var square = Weight(from) * Weight(from);
            classification += square;
            similarity += forSimilarity ? square : 0;
            seen += forSimilarity ? 1 : 0;
        }

        return new QuestionVector([.. found], Math.Sqrt(classification), Math.Sqrt(similarity), similar == 0 ? 0 : (double)seen / similar);
    }
}
