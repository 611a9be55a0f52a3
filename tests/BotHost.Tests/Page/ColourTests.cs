using OnnxChat.BotHost.Page;

namespace OnnxChat.BotHost.Tests.Page;

public sealed class ColourTests
{
    // The second and third are the examples of the guidelines' own tools: #777 just fails on white, #767676 just passes.
    [Theory]
    [InlineData("#000000", "#ffffff", 21)]
    [InlineData("#777777", "#ffffff", 4.48)]
    [InlineData("#767676", "#ffffff", 4.54)]
    [InlineData("#123456", "#123456", 1)]
    public void Contrast_KnownPairs_IsThatOfTheGuidelines(string one, string other, double expected)
    {
        Assert.Equal(expected, Colour.Parse(one).Contrast(Colour.Parse(other)), 2);
        Assert.Equal(expected, Colour.Parse(other).Contrast(Colour.Parse(one)), 2);
    }

    [Fact]
    public void ReadableOn_ReadableAlready_IsTheSame() =>
        Assert.Equal("#0b6e4f", Colour.Parse("#0B6E4F").ReadableOn(Colour.Black, Colour.White).ToString());

    [Theory]
    [InlineData("#ffe600")]
    [InlineData("#ffffff")]
    [InlineData("#777777")]
    public void ReadableOn_TooPale_IsDarkenedNoFurtherThanNeeded(string pale)
    {
        var readable = Colour.Parse(pale).ReadableOn(Colour.Black, Colour.White);

        Assert.InRange(readable.Contrast(Colour.White), Colour.Readable, 5);
    }
}
