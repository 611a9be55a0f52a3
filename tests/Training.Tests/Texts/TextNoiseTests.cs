using OnnxChat.Training.Samples;
using OnnxChat.Training.Texts;

namespace OnnxChat.Training.Tests.Texts;

public sealed class TextNoiseTests
{
    private const string Question = "Where is the blue tent that I ordered last week?";

    [Fact]
    public void Apply_SameChance_GivesTheSameText() =>
        Assert.Equal(Apply(Question, 1, 5), Apply(Question, 1, 5));

    [Fact]
    public void Apply_NoErrors_KeepsTheWords()
    {
        for (var i = 0; i < 200; i++)
            Assert.Equal(Words(Question), Words(Apply(Question, 0, i)));
    }

    [Fact]
    public void Apply_Errors_ChangesALittle()
    {
        var changed = Enumerable.Range(0, 200).Select(i => Apply(Question, 1, i)).ToList();

        Assert.True(changed.Count(text => Words(text) != Words(Question)) > 100);
        Assert.All(changed, text => Assert.InRange(text.Length, Question.Length - 25, Question.Length + 4));
        Assert.True(changed.Distinct().Count() > 100);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("ok?")]
    [InlineData("🏔️🏔️🏔️🏔️")]
    [InlineData("我的包裹在哪里")]
    public void Apply_AnyText_StaysWellFormed(string text)
    {
        for (var i = 0; i < 300; i++)
        {
            var noisy = Apply(text, 1, i);
            Assert.Equal(noisy, System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(noisy)));
        }
    }

    private static string Apply(string text, double errors, int seed) => TextNoise.Apply(text, errors, new SeededRandom(seed, "noise"));

    private static string Words(string text) => new([.. text.Where(char.IsLetter).Select(char.ToUpperInvariant)]);
}
