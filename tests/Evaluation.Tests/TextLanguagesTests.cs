using OnnxChat.Evaluation.Bleu;

namespace OnnxChat.Evaluation.Tests;

public sealed class TextLanguagesTests
{
    [Theory]
    [InlineData("You can return it within 60 days.", "en")]
    [InlineData("您可以在60天内退货。", "zh")]
    [InlineData("请发邮件到 help@trailhaven.example 联系我们。", "zh")]
    [InlineData("The tent is called 山 in our shop.", "en")]
    [InlineData("", "en")]
    [InlineData("42!", "en")]
    public void Detect_Text_IsTheLanguageOfMostWords(string text, string expected) =>
        Assert.Equal(expected, TextLanguages.Detect(text).Code());

    [Fact]
    public void Tokenization_OfEachLanguage_IsItsOwn()
    {
        Assert.Equal(BleuTokenization.International13a, TextLanguage.English.Tokenization());
        Assert.Equal(BleuTokenization.Chinese, TextLanguage.Chinese.Tokenization());
    }
}
