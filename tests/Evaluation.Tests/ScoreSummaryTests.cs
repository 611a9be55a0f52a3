namespace OnnxChat.Evaluation.Tests;

public sealed class ScoreSummaryTests
{
    [Fact]
    public void Of_TwoConversations_WeighsTokensAndAveragesReplies()
    {
        var right = ConversationScores.Of("It is blue.", " It is blue. ", new TokenLikelihood(10, 20), new TokenLikelihood(2, 8), -0.25);
        var wrong = ConversationScores.Of("red red", "蓝色", new TokenLikelihood(20, 10), new TokenLikelihood(6, 2), -0.75);

        var summary = ScoreSummary.Of([right, wrong]);

        Assert.Equal(2, summary.Count);
        Assert.Equal(1, summary.Loss, 1e-12);
        Assert.Equal(Math.E, summary.Perplexity, 1e-12);
        Assert.Equal(0.8, summary.AnswerLoss, 1e-12);
        Assert.Equal(Math.Exp(0.8), summary.AnswerPerplexity, 1e-12);
        Assert.Equal(8 / Math.Log(2) / (13 + 6), summary.AnswerBitsPerByte, 1e-12);
        Assert.Equal(50, summary.SentenceBleu, 1e-9);
        Assert.Equal(0.5, summary.Reward, 1e-12);
        Assert.Equal(0.25, summary.Penalty, 1e-12);
        Assert.Equal(0.5, summary.ExactMatch);
        Assert.Equal(-0.5, summary.Confidence, 1e-12);
    }

    [Fact]
    public void Bleu_RepliesOfTwoLanguages_CountsEachInItsOwnTokens()
    {
        var english = ConversationScores.Of("You can return it, free.", "You can return it, free.", default, default, 0);
        var chinese = ConversationScores.Of("可以退货", "可以退货", default, default, 0);

        var summary = ScoreSummary.Of([english, chinese]);

        Assert.Equal(100, summary.Bleu, 1e-9);
        Assert.Equal(7, english.Bleu.ReferenceLength);
        Assert.Equal(4, chinese.Bleu.ReferenceLength);
    }

    [Fact]
    public void Of_Nothing_IsNotANumber() =>
        Assert.All(Metric.All, metric => Assert.True(double.IsNaN(metric.Value(new ScoreSummary())), metric.Name));
}
