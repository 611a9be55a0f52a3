using OnnxChat.Connector.Confidence;

namespace OnnxChat.ModelTools.Calibrate.Fitting;

/// <summary>A combination with its calibration and thresholds, and what it gives for questions that it was not fitted to.</summary>
/// <param name="Entry">For <c>onnxchat.json</c>.</param>
/// <param name="Scores">For each sample its score by a combination that was fitted without its fold.</param>
internal sealed record CalibrationFit(ConfidenceEntry Entry, IReadOnlyList<double> Scores)
{
    private const int Folds = 5;

    // With fewer a threshold of its own would be a matter of chance.
    private const int LeastOfLanguage = 200;

    /// <summary>Fits weights to all samples, and calibration and thresholds to what weights say of samples they have not seen.</summary>
    /// <param name="samples">Validation questions.</param>
    /// <param name="index">File of the index; null for none.</param>
    /// <param name="maxWrong">Most wrong answers, as a share of all questions.</param>
    public static CalibrationFit Of(IReadOnlyList<CalibrationSample> samples, string? index, double maxWrong)
    {
        var logOdds = CrossFitted(samples);
        var points = IsotonicCalibration.Fit(samples.Select((s, i) => (logOdds[i], s.Right)));
        var whole = LogisticRegression.Fit([.. samples.Select(s => s.Features)], [.. samples.Select(s => s.Right)]);
        var entry = new ConfidenceEntry
        {
            Index = index,
            MaxWrong = maxWrong,
            Threshold = ScoreThreshold.Unreachable,
            Bias = whole.Bias,
            Features = [.. ConfidenceFeatures.Names(index is not null).Select((name, i) => new FeatureWeight(name, whole.Means[i], whole.Scales[i], whole.Weights[i]))],
            Calibration = points,
        };
        var scores = logOdds.Select(x => ReplyCalibration.Calibrate(points, x)).ToList();
        return new CalibrationFit(WithThresholds(entry, samples, scores), scores);
    }

    private static ConfidenceEntry WithThresholds(ConfidenceEntry entry, IReadOnlyList<CalibrationSample> samples, List<double> scores)
    {
        var replies = samples.Select((s, i) => (s.Language, Reply: (scores[i], s.Right))).ToList();
        return entry with
        {
            Threshold = ScoreThreshold.Choose(replies.Select(r => r.Reply), entry.MaxWrong),
            LanguageThresholds = replies.GroupBy(r => r.Language).Where(g => g.Count() >= LeastOfLanguage).OrderBy(g => g.Key, StringComparer.Ordinal)
                .ToDictionary(g => g.Key, g => ScoreThreshold.Choose(g.Select(r => r.Reply), entry.MaxWrong)),
        };
    }

    private static double[] CrossFitted(IReadOnlyList<CalibrationSample> samples)
    {
        var folds = samples.Select(s => (int)(AnswerText.Hash(s.Group) % Folds)).ToArray();
        var logOdds = new double[samples.Count];
        for (var fold = 0; fold < Folds; fold++)
        {
            var others = samples.Where((_, i) => folds[i] != fold).ToList();
            // Of a few questions one fold may hold all.
            var fitted = LogisticRegression.Fit([.. (others.Count > 0 ? others : samples).Select(s => s.Features)], [.. (others.Count > 0 ? others : samples).Select(s => s.Right)]);
            for (var i = 0; i < samples.Count; i++)
            {
                if (folds[i] == fold)
                    logOdds[i] = fitted.LogOdds(samples[i].Features);
            }
        }

        return logOdds;
    }
}
