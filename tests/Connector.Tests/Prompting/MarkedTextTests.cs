using FsCheck.Xunit;
using OnnxChat.Connector.Prompting;

namespace OnnxChat.Connector.Tests.Prompting;

public class MarkedTextTests
{
    private static readonly MarkedText Mixed = MarkedText.Concat(MarkedText.Own("<a>"), MarkedText.Quote(" x "), MarkedText.Own("<b>"));

    [Fact]
    public void Slice_AcrossPieces_KeepsTheirOrigins() =>
        Assert.Equal([new(">", false), new(" x ", true), new("<", false)], Mixed.Slice(2, 5).Pieces);

    [Fact]
    public void Concat_NeighboursOfOneOrigin_AreOnePiece() =>
        Assert.Equal([new("ab", true), new("c", false)], MarkedText.Concat(MarkedText.Quote("a"), MarkedText.Empty, MarkedText.Quote("b"), MarkedText.Own("c")).Pieces);

    [Theory]
    [InlineData("\u001c a\u00a0\n", "a")]
    [InlineData("  ", "")]
    public void Trim_WhiteSpaceAsPythonHasIt_Goes(string text, string expected) =>
        Assert.Equal(expected, MarkedText.Quote(text).Trim(true, true).Characters);

    [Fact]
    public void Trim_GivenCharacters_TakesTheseOnly() => Assert.Equal("x>", MarkedText.Own("<<x>").Trim(true, true, "<").Characters);

    [Property(MaxTest = 300)]
    public bool Split_ThenJoin_GivesTheSameTextAndOrigins(string? own, string? quoted)
    {
        var text = MarkedText.Concat(MarkedText.Own(own ?? ""), MarkedText.Quote((quoted ?? "") + "||" + own));

        return MarkedText.Join(MarkedText.Quote("|"), text.Split("|")).Characters == text.Characters
            && string.Concat(text.Split("|").SelectMany(p => p.Pieces).Where(p => p.Quoted).Select(p => p.Text)) == ((quoted ?? "") + "||" + own).Replace("|", "", StringComparison.Ordinal);
    }
}
