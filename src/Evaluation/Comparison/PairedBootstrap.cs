namespace OnnxChat.Evaluation.Comparison;

/// <summary>
/// Compares two models on the same conversations by paired bootstrap resampling (Koehn, 2004, "Statistical Significance
/// Tests for Machine Translation Evaluation"): conversations are drawn with replacement, the same ones for both models,
/// and the middle 95 % of the differences are the interval. The same scores give the same interval every time.
/// </summary>
public static class PairedBootstrap
{
    /// <summary>How often conversations are drawn anew.</summary>
    public const int Resamples = 2000;

    private const double Tail = 0.025;
    private const ulong Seed = 20040725;

    /// <summary>Compares every metric.</summary>
    /// <param name="first">Scores of the first model, at least one.</param>
    /// <param name="second">Scores of the second model on the same conversations, in the same order.</param>
    /// <exception cref="ArgumentException">The lists are empty or differ in length.</exception>
    public static IReadOnlyList<MetricDifference> Compare(IReadOnlyList<ConversationScores> first, IReadOnlyList<ConversationScores> second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        if (first.Count != second.Count || first.Count == 0)
            throw new ArgumentException($"The first model has {first.Count} scores, the second {second.Count}; both need one for each conversation, and at least one.", nameof(second));

        var metrics = Metric.All;
        var differences = metrics.Select(_ => new double[Resamples]).ToArray();
        var chance = new SplitMix64(Seed);
        for (var resample = 0; resample < Resamples; resample++)
        {
            var (one, other) = Draw(first, second, ref chance);
            for (var m = 0; m < metrics.Count; m++)
                differences[m][resample] = metrics[m].Value(other) - metrics[m].Value(one);
        }

        var (wholeFirst, wholeSecond) = (ScoreSummary.Of(first), ScoreSummary.Of(second));
        return [.. metrics.Select((metric, m) => new MetricDifference(metric, metric.Value(wholeFirst), metric.Value(wholeSecond), Middle(differences[m])))];
    }

    private static (ScoreSummary First, ScoreSummary Second) Draw(IReadOnlyList<ConversationScores> first, IReadOnlyList<ConversationScores> second, ref SplitMix64 chance)
    {
        var (one, other) = (new ScoreSummary(), new ScoreSummary());
        for (var i = 0; i < first.Count; i++)
        {
            var drawn = chance.Next(first.Count);
            one.Add(first[drawn]);
            other.Add(second[drawn]);
        }

        return (one, other);
    }

    private static Interval Middle(double[] values)
    {
        Array.Sort(values);
        return new Interval(Quantile(values, Tail), Quantile(values, 1 - Tail));
    }

    private static double Quantile(double[] sorted, double share)
    {
        var position = share * (sorted.Length - 1);
        var below = (int)position;
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((position - below) * (sorted[above] - sorted[below]));
    }
}
