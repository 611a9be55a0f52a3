using System.Text;
using FsCheck.Xunit;
using OnnxChat.Training.Prepare.Cleaning;

namespace OnnxChat.Training.Tests.Prepare.Cleaning;

public sealed class SampleTextTests
{
    [Theory]
    [InlineData("  a \t b  ", "a b")]
    [InlineData("a\r\nb\rc\nd", "a\nb\nc\nd")]
    [InlineData("a\n\n\n b", "a\n\nb")]
    [InlineData("cafe\u0301", "caf\u00e9")]
    [InlineData("a\u0000b\u0007c\ufeff", "abc")]
    [InlineData("zero\u200bwidth \u202eback", "zerowidth back")]
    [InlineData("\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67", "\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67")]
    [InlineData("\u3000到哪\u00a0了", "到哪 了")]
    [InlineData(" \u0001 ", "")]
    public void Normalize_Text_HasOneForm(string text, string expected) => Assert.Equal(expected, SampleText.Normalize(text));

    [Fact]
    public void Normalize_HalfACharacter_BecomesTheReplacementCharacter() => Assert.Equal("half \ufffd", SampleText.Normalize("half \ud83d"));

    [Property]
    public void Normalize_Normalized_ChangesNothing(string? text)
    {
        var once = SampleText.Normalize(text ?? "");

        Assert.Equal(once, SampleText.Normalize(once));
        Assert.True(once.IsNormalized(NormalizationForm.FormC));
        Assert.Equal(once, once.Trim());
    }
}
