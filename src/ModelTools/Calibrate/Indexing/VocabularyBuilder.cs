using OnnxChat.Connector.Confidence;

namespace OnnxChat.ModelTools.Calibrate.Indexing;

/// <summary>Chooses the features of an index.</summary>
internal static class VocabularyBuilder
{
    /// <param name="questions">The known questions.</param>
    /// <param name="mostFeatures">Of more the most frequent.</param>
    public static FeatureVocabulary Build(List<TextFeatures> questions, int mostFeatures)
    {
        var frequencies = new Dictionary<uint, int>();
        foreach (var hash in questions.SelectMany(q => q.Hashes))
            frequencies[hash] = frequencies.GetValueOrDefault(hash) + 1;

        // A feature of one question tells no class from another, but what was asked for.
        var kept = frequencies.Where(f => f.Value > 1 || (f.Key & TextFeatures.SimilarityFlag) != 0)
            .OrderByDescending(f => f.Value).ThenBy(f => f.Key)
            .Take(mostFeatures)
            .OrderBy(f => f.Key)
            .ToList();
        return new FeatureVocabulary([.. kept.Select(f => f.Key)], [.. kept.Select(f => Rarity(f.Value, questions.Count))]);
    }

    // The smoothed inverse document frequency of scikit-learn's TfidfTransformer: ln((1 + n) / (1 + df)) + 1.
    private static byte Rarity(int frequency, int questions) =>
        (byte)Math.Clamp(Math.Round((Math.Log((1.0 + questions) / (1 + frequency)) + 1) / FeatureVocabulary.RarityUnit), 1, byte.MaxValue);
}
