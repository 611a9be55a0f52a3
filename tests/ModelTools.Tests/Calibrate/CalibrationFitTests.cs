using OnnxChat.Connector.Confidence;
using OnnxChat.ModelTools.Calibrate.Fitting;

namespace OnnxChat.ModelTools.Tests.Calibrate;

/// <summary>Replies whose probability to be right is known, because a seed throws the dice.</summary>
public class CalibrationFitTests
{
    private static readonly string[] Names = [.. ConfidenceFeatures.Names(withIndex: true)];

    [Fact]
    public void Regression_KnownWeights_AreFoundAgain()
    {
        var random = new Random(1);
        var rows = Enumerable.Range(0, 20_000).Select(_ => new[] { Normal(random), (5 * Normal(random)) + 3, 7 }).ToList();
        var labels = rows.ConvertAll(r => random.NextDouble() < Logistic(-0.5 + (1.5 * r[0]) - (0.4 * (r[1] - 3))));

        var fitted = LogisticRegression.Fit(rows, labels);

        Assert.Equal(1.5, fitted.Weights[0] / fitted.Scales[0], 0.1);
        Assert.Equal(-0.4, fitted.Weights[1] / fitted.Scales[1], 0.05);
        // A feature that does not vary says nothing.
        Assert.Equal(0, fitted.Weights[2], 1e-6);
        Assert.Equal(-0.5, fitted.LogOdds([0, 3, 7]), 0.1);
    }

    [Fact]
    public void Regression_SeparableLabels_StaysFinite()
    {
        var rows = Enumerable.Range(0, 100).Select(i => new[] { (double)i }).ToList();

        var fitted = LogisticRegression.Fit(rows, rows.ConvertAll(r => r[0] >= 50));

        Assert.True(double.IsFinite(fitted.LogOdds([0])));
        Assert.True(fitted.LogOdds([0]) < fitted.LogOdds([99]));
    }

    [Fact]
    public void Isotonic_OverconfidentLogOdds_BecomeTheTrueProbabilities()
    {
        var random = new Random(2);
        var replies = Enumerable.Range(0, 20_000).Select(_ => 6 * Normal(random)).Select(x => (x, random.NextDouble() < Logistic(x / 3))).ToList();

        var points = IsotonicCalibration.Fit(replies);

        Assert.All([-6.0, -3, 0, 2, 5, 8], x => Assert.Equal(Logistic(x / 3), ReplyCalibration.Calibrate(points, x), 0.04));
        Assert.Equal(points.Select(p => p.Probability).Order(), points.Select(p => p.Probability));
        Assert.All(points, p => Assert.InRange(p.Probability, 1e-6, 1 - 1e-6));
    }

    [Fact]
    public void Isotonic_EqualLogOdds_GiveOnePoint()
    {
        var points = IsotonicCalibration.Fit(Enumerable.Range(0, 100).Select(i => (1.0, i < 80)));

        Assert.Equal(0.8, Assert.Single(points).Probability, 0.01);
    }

    [Fact]
    public void Threshold_ManyDraws_KeepsWrongAnswersUnderTheBoundOnNewQuestions()
    {
        const double Bound = 0.05;
        const int Draws = 300;
        var random = new Random(3);
        var wrong = 0.0;
        var answered = 0.0;
        for (var draw = 0; draw < Draws; draw++)
        {
            var threshold = ScoreThreshold.Choose(Replies(random, 200), Bound);
            var fresh = Replies(random, 200);
            wrong += fresh.Count(r => r.Score >= threshold && !r.Right) / 200.0 / Draws;
            answered += fresh.Count(r => r.Score >= threshold) / 200.0 / Draws;
        }

        Assert.InRange(wrong, 0.04, Bound + 0.002);
        Assert.InRange(answered, 0.2, 0.9);
    }

    [Theory]
    [InlineData(true, 500, 0.03, ScoreThreshold.Least)]
    [InlineData(false, 500, 0.03, ScoreThreshold.Least)]
    // Of so few nobody knows whether 3 % are wrong.
    [InlineData(true, 20, 0.03, ScoreThreshold.Unreachable)]
    public void Threshold_ScoresBelowAHalfOrTooFew_AreNotTrusted(bool right, int count, double bound, double expected) =>
        Assert.Equal(expected, ScoreThreshold.Choose(Enumerable.Range(0, count).Select(i => (i / 1000.0, right)), bound));

    [Fact]
    public void Threshold_LikelyWrongReplyWithinTheBound_DoesNotStand() =>
        Assert.Equal(ScoreThreshold.Least, ScoreThreshold.Choose([(0.1, false), .. Enumerable.Repeat((0.9, true), 99)], 0.03));

    [Fact]
    public void Fit_TwoLanguages_EachKeepsTheBoundByAThresholdOfItsOwn()
    {
        var random = new Random(4);
        List<CalibrationSample> samples = [.. Samples(random, "en", 800, 1.5), .. Samples(random, "zh", 800, -1)];

        var fit = CalibrationFit.Of(samples, "questions.index", 0.03);

        Assert.Equal(["en", "zh"], fit.Entry.LanguageThresholds.Keys);
        foreach (var (language, threshold) in fit.Entry.LanguageThresholds)
        {
            var own = samples.Select((s, i) => (s, Score: fit.Scores[i])).Where(x => x.s.Language == language).ToList();
            Assert.InRange(own.Count(x => x.Score >= threshold && !x.s.Right) / (double)own.Count, 0, 0.03);
            Assert.Contains(own, x => x.Score >= threshold);
        }
    }

    [Fact]
    public void Fit_FewOfALanguage_GivesItNoThresholdOfItsOwn()
    {
        var random = new Random(5);

        var fit = CalibrationFit.Of([.. Samples(random, "en", 400, 1), .. Samples(random, "zh", 50, 1)], "questions.index", 0.03);

        Assert.Equal(["en"], fit.Entry.LanguageThresholds.Keys);
    }

    [Fact]
    public void Fit_Twice_GivesTheSame()
    {
        var samples = Samples(new Random(6), "en", 300, 0);

        Assert.Equal(CalibrationFit.Of(samples, "i", 0.03).Scores, CalibrationFit.Of(samples, "i", 0.03).Scores);
    }

    private static List<CalibrationSample> Samples(Random random, string language, int count, double bias) =>
        [.. Enumerable.Range(0, count).Select(i =>
        {
            var features = Names.Select(_ => Normal(random)).ToArray();
            return new CalibrationSample($"{language}{i / 2}", language, features, random.NextDouble() < Logistic(bias + (3 * features[0]) - (2 * features[4])));
        })];

    private static List<(double Score, bool Right)> Replies(Random random, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => random.NextDouble()).Select(score => (score, random.NextDouble() < score))];

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private static double Logistic(double x) => 1 / (1 + Math.Exp(-x));
}
