using FsCheck.Xunit;
using OnnxChat.Evaluation.Bleu;

namespace OnnxChat.Evaluation.Tests.Bleu;

public sealed class BleuStatisticsTests
{
    [Theory]
    [InlineData("", "the cat")]
    [InlineData("the cat", "")]
    [InlineData("", "")]
    [InlineData("dog", "cat")]
    public void Score_NothingInCommon_IsZero(string hypothesis, string reference)
    {
        var statistics = BleuStatistics.Of(hypothesis, reference, BleuTokenization.International13a);

        Assert.Equal(0, statistics.SentenceScore());
        Assert.Equal(0, statistics.CorpusScore());
    }

    [Fact]
    public void SentenceScore_ShorterThanFourTokens_CountsWhatThereIs()
    {
        var statistics = BleuStatistics.Of("Hello there", "Hello there", BleuTokenization.International13a);

        Assert.Equal(100, statistics.SentenceScore(), 1e-9);
        Assert.Equal(0, statistics.CorpusScore());
    }

    [Property]
    public void Score_AnyTexts_IsWithin0To100AndFullForItself(string? hypothesis, string? reference, BleuTokenization tokenization)
    {
        var score = BleuStatistics.Of(hypothesis ?? "", reference ?? "", tokenization).SentenceScore();
        var itself = BleuStatistics.Of(hypothesis ?? "", hypothesis ?? "", tokenization);

        Assert.InRange(score, 0, 100 + 1e-9);
        Assert.Equal(itself.HypothesisLength == 0 ? 0 : 100, itself.SentenceScore(), 1e-9);
    }
}
