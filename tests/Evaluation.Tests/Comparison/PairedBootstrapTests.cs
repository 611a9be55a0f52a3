using OnnxChat.Evaluation.Comparison;

namespace OnnxChat.Evaluation.Tests.Comparison;

public sealed class PairedBootstrapTests
{
    [Fact]
    public void Compare_ModelWithItself_IsNoDifferenceAtAll()
    {
        var scores = Losses(60, i => i * 0.1);

        Assert.All(PairedBootstrap.Compare(scores, scores), difference =>
        {
            Assert.Equal(0, difference.Value);
            Assert.Equal(new Interval(0, 0), difference.Interval);
            Assert.Equal(Finding.NoDifferenceShown, difference.Finding);
        });
    }

    [Fact]
    public void Compare_EveryConversationWorseByTheSame_IsThatAndCertain()
    {
        var loss = Find(PairedBootstrap.Compare(Losses(40, i => i), Losses(40, i => i + 0.5)), Metric.Loss);

        Assert.Equal(0.5, loss.Value, 1e-12);
        Assert.Equal(0.5, loss.Interval.Low, 1e-12);
        Assert.Equal(0.5, loss.Interval.High, 1e-12);
        Assert.Equal(Finding.Worse, loss.Finding);
    }

    [Fact]
    public void Compare_DifferencesOfKnownSpread_HasTheIntervalOfTheirMean()
    {
        // Differences of the mean 0.2 and the standard deviation 1: the mean of 400 has the standard error 0.05.
        const int Count = 400;
        var loss = Find(PairedBootstrap.Compare(Losses(Count, _ => 3), Losses(Count, i => 3.2 + (i % 2 == 0 ? 1 : -1))), Metric.Loss);

        Assert.Equal(0.2, loss.Value, 1e-12);
        Assert.Equal(0.2 - (1.96 * 0.05), loss.Interval.Low, 0.01);
        Assert.Equal(0.2 + (1.96 * 0.05), loss.Interval.High, 0.01);
        Assert.Equal(Finding.Worse, loss.Finding);
    }

    [Fact]
    public void Compare_HigherIsBetter_IsBetter()
    {
        var first = Enumerable.Range(0, 30).Select(i => Reply(i % 3 == 0)).ToList();
        var second = Enumerable.Range(0, 30).Select(i => Reply(i % 3 != 1)).ToList();

        var exact = Find(PairedBootstrap.Compare(first, second), Metric.ExactMatch);

        Assert.Equal(1.0 / 3, exact.Value, 1e-12);
        Assert.True(exact.Interval.Low > 0);
        Assert.Equal(Finding.Better, exact.Finding);
    }

    [Fact]
    public void Compare_ConfidenceOnly_FindsNeither()
    {
        var first = new[] { ConversationScores.Of("a", "a", new TokenLikelihood(1, 1), new TokenLikelihood(1, 1), -1) };
        var second = new[] { first[0] with { Confidence = -0.5 } };

        Assert.Equal(Finding.NoDifferenceShown, Find(PairedBootstrap.Compare(first, second), Metric.Confidence).Finding);
    }

    [Fact]
    public void Compare_OneConversation_IsDrawnEveryTime()
    {
        var loss = Find(PairedBootstrap.Compare(Losses(1, _ => 1), Losses(1, _ => 3)), Metric.Loss);

        Assert.Equal(new Interval(2, 2), loss.Interval);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(2, 3)]
    public void Compare_NotOneForOne_IsRefused(int first, int second)
    {
        var error = Assert.Throws<ArgumentException>(() => PairedBootstrap.Compare(Losses(first, _ => 1), Losses(second, _ => 1)));

        Assert.Contains($"{first} scores, the second {second}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Next_ManyDraws_StayBelowTheLimitAndAreSpread()
    {
        var chance = new SplitMix64(7);
        var counts = new int[7];
        for (var i = 0; i < 70_000; i++)
            counts[chance.Next(7)]++;

        // The standard deviation is 93.
        Assert.All(counts, count => Assert.InRange(count, 9_500, 10_500));
    }

    private static MetricDifference Find(IReadOnlyList<MetricDifference> differences, Metric metric) => differences.Single(d => d.Metric == metric);

    private static List<ConversationScores> Losses(int count, Func<int, double> loss) =>
        [.. Enumerable.Range(0, count).Select(i => ConversationScores.Of("a", "b", new TokenLikelihood(loss(i) * 10, 10), new TokenLikelihood(1, 1), -1))];

    private static ConversationScores Reply(bool correct) =>
        ConversationScores.Of(correct ? "It is blue." : "It is red.", "It is blue.", new TokenLikelihood(1, 1), new TokenLikelihood(1, 1), -1);
}
