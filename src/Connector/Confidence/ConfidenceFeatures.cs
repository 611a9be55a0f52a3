namespace OnnxChat.Connector.Confidence;

/// <summary>What a reply's score is made of, by the names that <c>onnxchat.json</c> uses.</summary>
internal static class ConfidenceFeatures
{
    private const double MostLogOdds = 9;

    private static readonly (string Name, Func<OnnxChatConfidence, double> Value)[] Own =
    [
        ("mean_log_probability", c => Math.Max(c.MeanLogProbability, -MostLogOdds)),
        ("min_log_probability", c => Math.Max(c.MinLogProbability, -MostLogOdds)),
        ("first_token_entropy", c => c.FirstTokenEntropy),
    ];

    private static readonly (string Name, Func<IndexMatch, double> Value)[] OfIndex =
    [
        ("same_similarity", m => m.SameSimilarity),
        ("other_similarity", m => m.OtherSimilarity),
        ("similarity_lead", m => m.SameSimilarity - m.OtherSimilarity),
        ("index_log_odds", m => LogOdds(m.Probability)),
        ("index_margin", m => m.Margin),
        ("answer_match", m => m.AnswerMatch),
        ("declined", m => m.Declined ? 1 : 0),
        ("chinese", m => m.IsChinese ? 1 : 0),
        ("seen_share", m => m.SeenShare),
        ("question_length", m => Math.Log(1 + m.QuestionCharacters)),
    ];

    /// <summary>The names, in the order of <see cref="Of"/>.</summary>
    /// <param name="withIndex">Whether the model has an index.</param>
    public static IReadOnlyList<string> Names(bool withIndex) =>
        [.. Own.Select(f => f.Name), .. withIndex ? OfIndex.Select(f => f.Name) : []];

    /// <summary>The values, all finite.</summary>
    public static double[] Of(OnnxChatConfidence confidence, IndexMatch? match)
    {
        var values = new double[Own.Length + (match is null ? 0 : OfIndex.Length)];
        for (var i = 0; i < Own.Length; i++)
            values[i] = Finite(Own[i].Value(confidence));
        for (var i = Own.Length; i < values.Length; i++)
            values[i] = Finite(OfIndex[i - Own.Length].Value(match.GetValueOrDefault()));
        return values;
    }

    private static double LogOdds(double probability) =>
        Math.Clamp(Math.Log(probability / (1 - probability)), -MostLogOdds, MostLogOdds);

    private static double Finite(double value) => double.IsFinite(value) ? value : 0;
}
