using OnnxChat.Evaluation;
using OnnxChat.Evaluation.Comparison;
using OnnxChat.ModelTools.Evaluate.Results;

namespace OnnxChat.ModelTools.Tests.Evaluate;

public class VerdictTests
{
    [Theory]
    // Both intervals hold 0.
    [InlineData(0.01, -0.02, 0.03, -0.2, -1, 1, "new costs nothing against old that 50 conversations can show: ", "new is not shown to be better than old, nor worse: 50 conversations allow both.")]
    // Certain, but too small to notice.
    [InlineData(0.001, 0.0005, 0.002, -0.1, -1, 1, "new costs next to nothing against old: bits a byte of the answers 0.5000 to 0.5010 (+0.0010, 95 % interval +0.0005 to +0.0020).", "new is as good as old in use: ")]
    [InlineData(0.1, 0.05, 0.15, -3, -5, -1, "new costs quality against old: bits a byte of the answers 0.5000 to 0.6000 (+0.1000, 95 % interval +0.0500 to +0.1500); BLEU 40.00 to 37.00 (-3.00, 95 % interval -5.00 to -1.00).", "new is not better than old but worse.")]
    [InlineData(-0.1, -0.15, -0.05, 3, 1, 5, "new costs nothing against old.", "new is better than old: bits a byte of the answers 0.5000 to 0.4000 (-0.1000, ")]
    [InlineData(-0.1, -0.15, -0.05, -3, -5, -1, "new costs quality against old: BLEU 40.00 to 37.00", "new is better than old in bits a byte of the answers and worse in BLEU.")]
    public void Sentences_KnownIntervals_SayWhatTheyShow(double bits, double bitsLow, double bitsHigh, double bleu, double bleuLow, double bleuHigh, string cost, string better)
    {
        MetricDifference[] differences =
        [
            new(Metric.AnswerBitsPerByte, 0.5, 0.5 + bits, new Interval(bitsLow, bitsHigh)),
            new(Metric.Bleu, 40, 40 + bleu, new Interval(bleuLow, bleuHigh)),
            // Decides nothing.
            new(Metric.Penalty, 0, 0.5, new Interval(0.4, 0.6)),
        ];

        var verdict = new Verdict("old", "new", 50, differences);

        Assert.StartsWith(cost, verdict.Cost, StringComparison.Ordinal);
        Assert.StartsWith(better, verdict.Better, StringComparison.Ordinal);
    }
}
