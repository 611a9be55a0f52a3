using FsCheck.Xunit;
using OnnxChat.Connector.Confidence;
using OnnxChat.ModelTools.Calibrate.Indexing;
using OnnxChat.ModelTools.CommandLine;
using OnnxChat.ModelTools.Evaluate.Conversations;

namespace OnnxChat.ModelTools.Tests.Calibrate;

public class IndexBuilderTests
{
    private static readonly QuestionIndex Shop = Build(InventedShop.WithTopics(20, 30));

    [Fact]
    public void Match_QuestionOfATopic_PrefersAnyOfItsAnswers()
    {
        var question = InventedShop.Question(7, 31);
        var right = Shop.Match(question, InventedShop.Answer(7, 1));
        var wrong = Shop.Match(question, InventedShop.Answer(8, 1));

        Assert.True(right.Probability > 0.8, $"{right}");
        Assert.True(right.SameSimilarity > right.OtherSimilarity, $"{right}");
        Assert.True(wrong.Probability < 0.1, $"{wrong}");
        Assert.True(wrong.SameSimilarity < wrong.OtherSimilarity, $"{wrong}");
        Assert.Equal(1, right.AnswerMatch);
        Assert.Equal(right.BestClass, wrong.BestClass);
        Assert.Contains(right.BestClass, Shop.Answers.ClassesOf(InventedShop.Answer(7, 0)));
    }

    [Fact]
    public void Match_KnownQuestion_IsWhollySimilar() =>
        Assert.Equal(1, Shop.Match(InventedShop.Question(3, 4), InventedShop.Answer(3, 0)).SameSimilarity, 1e-5);

    [Fact]
    public void Match_AnswersOfOneTopic_CountAsTheSame()
    {
        var question = InventedShop.Question(5, 5);

        Assert.Equal(Shop.Match(question, InventedShop.Answer(5, 0)), Shop.Match(question, "  " + InventedShop.Answer(5, 1).ToUpperInvariant() + "\n"));
    }

    [Fact]
    public void Match_QuestionInOtherWords_HasSeenLittleOfIt()
    {
        var match = Shop.Match("Wxyq jhgd 你好吗", "Nobody has said this before.");

        Assert.InRange(match.SeenShare, 0, 0.2);
        Assert.Equal(0, match.SameSimilarity);
        Assert.True(match.AnswerMatch < 1);
    }

    [Fact]
    public void Match_Refusal_IsKnownAsOne()
    {
        Assert.True(Shop.Match("anything", InventedShop.Answer(0, 0)).Declined);
        Assert.False(Shop.Match("anything", InventedShop.Answer(1, 0)).Declined);
    }

    [Fact]
    public void Match_NoAnswerRecurs_TheNearestQuestionsCarry()
    {
        var known = InventedShop.WithoutTopics(300);
        var index = Build(known);

        Assert.Null(index.Classifier);
        var near = index.Match(known[120].User + " thank you", known[120].Assistant);
        var far = index.Match(known[120].User + " thank you", known[121].Assistant);
        Assert.True(near.Margin > 0.3, $"{near}");
        Assert.True(far.Margin < 0, $"{far}");
    }

    // A model seldom says a company's answer letter by letter.
    [Fact]
    public void Match_ReplyNearAnAnswer_IsTakenForIt()
    {
        var known = InventedShop.WithoutTopics(300);
        var index = Build(known);

        var match = index.Match(known[120].User, known[120].Assistant.Replace("please ", "", StringComparison.Ordinal));

        Assert.InRange(match.AnswerMatch, 0.7, 0.99);
        Assert.True(match.SameSimilarity > 0.99, $"{match}");
    }

    [Fact]
    public void Match_SomeAnswersRecur_ClassifierAndNeighboursShareTheProbability()
    {
        List<Conversation> known = [.. InventedShop.WithTopics(8, 12), .. InventedShop.WithoutTopics(60).Skip(30)];
        var index = Build(known);

        Assert.True(index.Classifier!.HasOther);
        Assert.Equal(8, index.Classifier.Classes);
        Assert.True(index.Match(InventedShop.Question(4, 13), InventedShop.Answer(4, 0)).Margin > 0);
        Assert.True(index.Match(known[^1].User, known[^1].Assistant).Margin > 0);
    }

    [Property(MaxTest = 200)]
    public void Match_AnyTexts_GivesFiguresInTheirRanges(string? question, string? reply)
    {
        var match = Shop.Match(question ?? "", reply ?? "");

        Assert.InRange(match.SameSimilarity, 0, 1);
        Assert.InRange(match.OtherSimilarity, 0, 1);
        Assert.InRange(match.Probability, 0, 1);
        Assert.InRange(match.Margin, -1, 1);
        Assert.InRange(match.AnswerMatch, 0, 1);
        Assert.InRange(match.SeenShare, 0, 1);
        Assert.InRange(match.BestClass, -1, 19);
    }

    [Fact]
    public void Build_Twice_GivesTheSameBytes()
    {
        var known = InventedShop.WithTopics(12, 20);

        Assert.Equal(QuestionIndexFile.Write(Build(known)), QuestionIndexFile.Write(Build(known)));
    }

    [Theory]
    [InlineData(30_000)]
    [InlineData(60_000)]
    [InlineData(120_000)]
    public void Build_LessRoomThanAllNeed_KeepsTheLimitAndAQuestionOfEachGroupFirst(int limit)
    {
        var known = InventedShop.WithTopics(20, 30);
        var index = new IndexBuilder(known, limit).Build(CancellationToken.None);

        Assert.InRange(QuestionIndexFile.Write(index).Length, 1, limit);
        Assert.InRange(index.Neighbours.Count, 1, known.Count);
        Assert.True(index.Match(InventedShop.Question(7, 31), InventedShop.Answer(7, 1)).Margin > 0);
        if (index.Neighbours.Count >= 200)
            Assert.All(known.Where((_, i) => i % 3 == 0), first => Assert.Equal(1, index.Match(first.User, first.Assistant).SameSimilarity, 1e-5));
    }

    [Fact]
    public void Build_NotEvenTheAnswersFit_SaysSo()
    {
        var error = Assert.Throws<UserException>(() => new IndexBuilder(InventedShop.WithoutTopics(300), 2_000).Build(CancellationToken.None));

        Assert.Contains("--size-limit 2000", error.Message, StringComparison.Ordinal);
    }

    private static QuestionIndex Build(List<Conversation> known) => new IndexBuilder(known, 4_000_000).Build(CancellationToken.None);
}
