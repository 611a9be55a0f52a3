using FsCheck.Xunit;
using OnnxChat.Evaluation.Confidence;

namespace OnnxChat.Evaluation.Tests.Confidence;

public sealed class ConfidenceQualityTests
{
    [Fact]
    public void Separation_CorrectAboveWrong_IsOne() =>
        Assert.Equal(1, ConfidenceQuality.Of([(-0.1, true), (-0.2, true), (-0.9, false)]).Separation);

    [Fact]
    public void Separation_CorrectBelowWrong_IsZero() =>
        Assert.Equal(0, ConfidenceQuality.Of([(-0.9, true), (-0.2, false)]).Separation);

    [Fact]
    public void Separation_AllEqual_IsAHalf() =>
        Assert.Equal(0.5, ConfidenceQuality.Of([(-1, true), (-1, false), (-1, true)]).Separation);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Separation_OneKindOnly_IsNull(bool correct) =>
        Assert.Null(ConfidenceQuality.Of([(-1, correct), (-2, correct)]).Separation);

    [Property]
    public void Separation_AnyReplies_IsTheShareOfPairsInOrder(bool[] correct, byte[] levels)
    {
        var replies = correct.Zip(levels, (c, l) => (Confidence: -(double)(l % 8), Correct: c)).ToList();
        var pairs = (from right in replies where right.Correct from wrong in replies where !wrong.Correct select (right.Confidence, Wrong: wrong.Confidence)).ToList();
        double? expected = pairs.Count == 0 ? null : pairs.Average(p => p.Confidence > p.Wrong ? 1 : p.Confidence < p.Wrong ? 0 : 0.5);

        var actual = ConfidenceQuality.Of(replies).Separation;

        Assert.Equal(expected is null, actual is null);
        Assert.Equal(expected ?? 0, actual ?? 0, 1e-9);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(3, 1)]
    [InlineData(12, 2)]
    [InlineData(60, 10)]
    [InlineData(1003, 10)]
    public void Groups_AnyNumber_HoldsEveryReplyOnceInOrder(int replies, int groups)
    {
        var quality = ConfidenceQuality.Of(Enumerable.Range(0, replies).Select(i => (-(double)i, i % 2 == 0)));

        Assert.Equal(groups, quality.Groups.Count);
        Assert.Equal(replies, quality.Groups.Sum(g => g.Count));
        Assert.Equal((replies + 1) / 2, quality.Groups.Sum(g => g.Correct));
        Assert.All(quality.Groups, g => Assert.True(g.Lowest <= g.Highest));
        Assert.All(quality.Groups.Zip(quality.Groups.Skip(1)), pair => Assert.True(pair.First.Highest < pair.Second.Lowest));
    }
}
