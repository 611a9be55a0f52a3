using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using OnnxChat.Connector.Tokenization;

namespace OnnxChat.Connector.Tests.Tokenization;

public class StopMatcherTests
{
    [Theory]
    [InlineData("Hello <|End|> more", "Hello ")]
    [InlineData("a < b and | c", "a < b and | c")]
    [InlineData("ends with <", "ends with <")]
    [InlineData("<|", "")]
    [InlineData("", "")]
    public void Append_CharacterByCharacter_PassesTextUpToTheStop(string text, string expected)
    {
        var matcher = new StopMatcher(["<|"]);

        Assert.Equal(expected, string.Concat(text.Select(c => matcher.Append(c.ToString()))) + matcher.Flush());
    }

    [Fact]
    public void Append_BeginningOfAStop_IsHeldBack()
    {
        var matcher = new StopMatcher(["STOP"]);

        Assert.Equal("go ", matcher.Append("go STO"));
        Assert.Equal("STORE", matcher.Append("RE"));
        Assert.False(matcher.Stopped);
    }

    [Fact]
    public void Append_SeveralSequences_TheFirstInTheTextCounts()
    {
        var matcher = new StopMatcher(["later", "now"]);

        Assert.Equal("do it ", matcher.Append("do it now or later"));
        Assert.True(matcher.Stopped);
        Assert.Empty(matcher.Append("more"));
    }

    [Fact]
    public void Constructor_EmptySequence_IsRefused() =>
        Assert.Contains("at least one character", Assert.Throws<ArgumentException>(() => new StopMatcher([""])).Message, StringComparison.Ordinal);

    // A small alphabet makes stops, overlaps and near misses frequent.
    [Property(MaxTest = 2000)]
    public Property Append_AnySplit_EqualsSearchInTheWholeText() => Prop.ForAll(
        Gen.Elements('a', 'b').ListOf().Select(c => string.Concat(c)).ListOf().ToArbitrary(),
        Gen.Elements("ab", "aab", "bba", "abab").NonEmptyListOf().ToArbitrary(),
        (pieces, stops) =>
        {
            var whole = string.Concat(pieces);
            var matcher = new StopMatcher(stops);
            var passed = string.Concat(pieces.Select(matcher.Append)) + matcher.Flush();
            var first = stops.Select(s => whole.IndexOf(s, StringComparison.Ordinal)).Where(i => i >= 0).DefaultIfEmpty(whole.Length).Min();
            return passed == whole[..first];
        });
}
