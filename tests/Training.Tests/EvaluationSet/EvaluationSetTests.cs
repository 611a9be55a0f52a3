using OnnxChat.Testing;
using OnnxChat.Training.Expand;

namespace OnnxChat.Training.Tests.EvaluationSet;

/// <summary>
/// What is trained on must not hold what is measured with. English questions under 12 letters and Chinese ones under 5
/// characters may be in both: they are common phrases such as a greeting.
/// </summary>
public sealed class EvaluationSetTests
{
    private static readonly string Starter = Path.Combine(Repository.Root, "data", "starter");
    private static readonly EvaluationTexts Evaluation = EvaluationTexts.Read();

    [Fact]
    public void Read_EvaluationSet_HasQuestionsToCompare()
    {
        Assert.Equal(415, Evaluation.Count);
        Assert.True(Evaluation.Compared > 360, $"Only {Evaluation.Compared} of {Evaluation.Count} questions are compared.");
    }

    [Theory]
    [InlineData(4, 0.3, 1)]
    [InlineData(4, 1, 2)]
    [InlineData(24, 0, 3)]
    [InlineData(60, 0, 4)]
    public void Expand_Starter_HoldsNoQuestionOfTheEvaluationSet(int variants, double wrapped, int seed)
    {
        var expander = new Expander(new ExpandRequest(Starter, variants, Wrapped: wrapped, Seed: seed));
        var languages = PatternLanguage.ReadAll(Starter);
        var places = languages.SelectMany(language => language.Topics)
            .SelectMany(topic => topic.Patterns.Select((pattern, index) => (Group: $"{topic.Path}#{index + 1}", pattern.Place)))
            .ToDictionary(pattern => pattern.Group, pattern => pattern.Place);

        var found = languages.SelectMany(expander.Expand).Where(sample => Evaluation.Contains(sample.User)).Select(sample => places[sample.Group!]).Distinct().ToList();

        Assert.True(found.Count == 0, $"These patterns give a question of the evaluation set, or nearly:\n{string.Join('\n', found)}");
    }

    [Fact]
    public void ReadAll_Starter_NoPatternAsWrittenIsAQuestionOfTheEvaluationSet()
    {
        var patterns = PatternLanguage.ReadAll(Starter).SelectMany(language => language.Topics.SelectMany(topic => topic.Patterns).Concat(language.Wrappers.Patterns));

        Assert.DoesNotContain(patterns.Where(pattern => Evaluation.Contains(pattern.Text)).Select(pattern => pattern.Place), _ => true);
    }

    [Theory]
    [InlineData("Where is the blue teapot that I ordered?", true)]
    [InlineData("where is the BLUE teapot that i ordered", true)]
    [InlineData("where is the blue teapot that i have ordered", false)]
    [InlineData("where is the blue teapot that i orderd", true)]
    [InlineData("我的蓝色茶壶到哪里了？", true)]
    [InlineData("hello", false)]
    [InlineData("where is the red kettle that you sold me", false)]
    public void Contains_Text_FindsEqualAndNearlyEqualOnes(string text, bool expected)
    {
        var texts = new EvaluationTexts(["Where is the blue teapot that I ordered?", "我的蓝色茶壶到哪里了", "Hello!"]);

        Assert.Equal(expected, texts.Contains(text));
    }
}
