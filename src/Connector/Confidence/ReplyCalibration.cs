using System.Globalization;

namespace OnnxChat.Connector.Confidence;

/// <summary>Turns what is known of a reply into the probability that it is right.</summary>
internal sealed class ReplyCalibration
{
    private const double MostGuidance = 10;

    private readonly ConfidenceEntry _entry;

    /// <param name="entry">What was calibrated.</param>
    /// <param name="source">The file it is from, for messages.</param>
    /// <exception cref="OnnxChatModelException">It is not of this version, or was changed by hand and is no longer usable.</exception>
    public ReplyCalibration(ConfidenceEntry entry, string source)
    {
        _entry = entry;
        var names = ConfidenceFeatures.Names(entry.Index is not null);
        if (!entry.Features.Select(f => f.Name).SequenceEqual(names))
            throw Unusable(source, $"its features are {string.Join(", ", entry.Features.Select(f => f.Name))}; this version has {string.Join(", ", names)}");
        if (entry.Features.Any(f => !(f.Scale > 0)))
            throw Unusable(source, "a feature's scale is not above 0");
        if (entry.Guidance is not (>= 0 and <= MostGuidance))
            throw Unusable(source, string.Create(CultureInfo.InvariantCulture, $"its guidance is {entry.Guidance}; it takes 0 to {MostGuidance}"));
        if (entry.Calibration.Count == 0 || entry.Calibration.Any(p => p.Probability is not (>= 0 and <= 1)))
            throw Unusable(source, "a probability of \"calibration\" is outside 0 to 1, or there is none");
        if (entry.Calibration.Zip(entry.Calibration.Skip(1)).Any(p => p.First.LogOdds >= p.Second.LogOdds || p.First.Probability > p.Second.Probability))
            throw Unusable(source, "the points of \"calibration\" do not rise");
    }

    /// <summary>What was calibrated.</summary>
    public ConfidenceEntry Entry => _entry;

    /// <summary>The probability that a reply with these features is right.</summary>
    public double Score(ReadOnlySpan<double> features) => Calibrate(_entry.Calibration, LogOdds(features));

    /// <summary>The score below which a question in a language is to be handed over.</summary>
    /// <param name="language">See <see cref="LanguageOf"/>.</param>
    public double Threshold(string language) => _entry.LanguageThresholds.TryGetValue(language, out var threshold) ? threshold : _entry.Threshold;

    /// <summary>The language of a question: <c>zh</c>, or <c>en</c> for all that write spaces between words.</summary>
    public static string LanguageOf(string question) => TextWords.Of(question).IsChinese ? "zh" : "en";

    /// <summary>The probability on the line through the points, which ends with them.</summary>
    public static double Calibrate(IReadOnlyList<CalibrationPoint> points, double logOdds)
    {
        var next = 0;
        while (next < points.Count && points[next].LogOdds <= logOdds)
            next++;
        if (next == 0)
            return points[0].Probability;
        if (next == points.Count)
            return points[^1].Probability;
        var (low, high) = (points[next - 1], points[next]);
        return low.Probability + ((high.Probability - low.Probability) * (logOdds - low.LogOdds) / (high.LogOdds - low.LogOdds));
    }

    private double LogOdds(ReadOnlySpan<double> features)
    {
        var sum = _entry.Bias;
        for (var i = 0; i < features.Length; i++)
        {
            var feature = _entry.Features[i];
            sum += feature.Weight * (features[i] - feature.Mean) / feature.Scale;
        }

        return sum;
    }

    private static OnnxChatModelException Unusable(string source, string problem) =>
        new($"{source}: \"confidence\" cannot be used: {problem}. Run 'onnxchat calibrate' again, or take \"confidence\" out.");
}
