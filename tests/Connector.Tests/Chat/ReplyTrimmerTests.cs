using FsCheck.Xunit;
using OnnxChat.Connector.Chat;

namespace OnnxChat.Connector.Tests.Chat;

public class ReplyTrimmerTests
{
    [Property(MaxTest = 1000)]
    public bool Append_AnyPieces_EqualsTrimOfTheWhole(string?[] pieces)
    {
        var trimmer = new ReplyTrimmer();

        return string.Concat(pieces.Select(p => trimmer.Append(p ?? ""))) == string.Concat(pieces).Trim();
    }

    [Fact]
    public void Append_SpaceBetweenWords_ComesWithTheNextWord()
    {
        var trimmer = new ReplyTrimmer();

        Assert.Equal(["", "Hello", "", " world", ""], new[] { " ", "Hello", " ", "world", " " }.Select(trimmer.Append));
    }
}
