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

    private static readonly (string Name, Func<OnnxChatConfidence, IndexMatch, double> Value)[] OfIndex =
    [
        ("same_similarity", (_, m) => m.SameSimilarity),
        ("other_similarity", (_, m) => m.OtherSimilarity),
        ("similarity_lead", (_, m) => m.SameSimilarity - m.OtherSimilarity),
        ("index_log_odds", (_, m) => LogOdds(m.Probability)),
        ("index_margin", (_, m) => m.Margin),
        ("own_log_odds", (c, _) => OwnLogOdds(c)),
        ("own_lead", (c, _) => OwnLead(c)),
        ("least_log_odds", (c, m) => Math.Min(OwnLogOdds(c), LogOdds(m.Probability))),
        ("answer_match", (_, m) => m.AnswerMatch),
        ("declined", (_, m) => m.Declined ? 1 : 0),
        ("chinese", (_, m) => m.IsChinese ? 1 : 0),
        ("seen_share", (_, m) => m.SeenShare),
        ("question_length", (_, m) => Math.Log(1 + m.QuestionCharacters)),
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
            values[i] = Finite(OfIndex[i - Own.Length].Value(confidence, match.GetValueOrDefault()));
        return values;
    }

    private static double OwnLogOdds(OnnxChatConfidence confidence) => LogOdds(Math.Min(1, Math.Exp(confidence.Choice.LogProbability)));

    /// <summary>By how much the model by itself prefers the reply to the best other answer; -9 where it is no known answer.</summary>
    private static double OwnLead(OnnxChatConfidence confidence) => confidence.Choice switch
    {
        { LogProbability: double.NegativeInfinity } => -MostLogOdds,
        var (own, other) => Math.Clamp(own - other, -MostLogOdds, MostLogOdds),
    };

    private static double LogOdds(double probability) =>
        Math.Clamp(Math.Log(probability / (1 - probability)), -MostLogOdds, MostLogOdds);

    private static double Finite(double value) => double.IsFinite(value) ? value : 0;
}
