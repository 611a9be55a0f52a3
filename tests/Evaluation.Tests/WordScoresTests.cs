namespace OnnxChat.Evaluation.Tests;

public sealed class WordScoresTests
{
    [Theory]
    // 5 of the 6 words are wanted: the second "can" has no match left, and repeats the word before it.
    [InlineData("You can can return it.", "You can return it within 60 days.", 5.0 / 6, 1.0 / 6)]
    [InlineData("YOU CAN", "you can", 1, 0)]
    [InlineData("可以退货货", "可以退货", 0.8, 0.2)]
    [InlineData("no no no no", "yes", 0, 0.75)]
    [InlineData("", "yes", 0, 0)]
    [InlineData("yes", "", 0, 0)]
    public void Of_KnownReplies_IsShareOfTheReplysWords(string reply, string reference, double reward, double penalty)
    {
        var scores = WordScores.Of(reply, reference);

        Assert.Equal(reward, scores.Reward, 1e-12);
        Assert.Equal(penalty, scores.Penalty, 1e-12);
    }
}
