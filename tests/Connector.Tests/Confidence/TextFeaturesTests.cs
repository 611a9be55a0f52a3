using FsCheck.Xunit;
using OnnxChat.Connector.Confidence;

namespace OnnxChat.Connector.Tests.Confidence;

public class TextFeaturesTests
{
    [Theory]
    [InlineData("Where's my ORDER?", "wheres my order")]
    [InlineData("where’s my order!!", "where's   my\torder")]
    [InlineData("order 12345", "order 7")]
    [InlineData("ＡＢＣ １２", "abc 9")]
    [InlineData("我的订单到哪了？", "我的订单到哪了")]
    public void Of_SpellingsOfTheSame_AreEqual(string one, string other) =>
        Assert.Equal(TextFeatures.Of(one).Hashes, TextFeatures.Of(other).Hashes);

    [Theory]
    [InlineData("my order", "order my")]
    [InlineData("refund", "refunds")]
    [InlineData("退货", "货退")]
    public void Of_OtherWords_Differ(string one, string other) =>
        Assert.NotEqual(TextFeatures.Of(one).Hashes, TextFeatures.Of(other).Hashes);

    [Theory]
    [InlineData("我想退 GoreTex 的货", true)]
    [InlineData("do you know 小红书 by any chance", false)]
    [InlineData("", false)]
    [InlineData("12 !?", false)]
    public void IsChinese_ComparesHanCharactersWithWords(string text, bool expected) => Assert.Equal(expected, TextFeatures.Of(text).IsChinese);

    // A pasted page takes no longer than a long question.
    [Theory]
    [InlineData('a', 32)]
    [InlineData('订', 1000)]
    public void Of_MoreThanAQuestion_IsReadInPart(char letter, int read) => Assert.Equal(read, TextFeatures.Of(new string(letter, 200_000)).Characters);

    [Property(MaxTest = 500)]
    public void Of_AnyText_GivesRisingHashesInTheirRange(string? text)
    {
        var hashes = TextFeatures.Of(text ?? "").Hashes;

        Assert.Equal(hashes.Distinct().Order(), hashes);
        Assert.All(hashes, hash => Assert.True(hash < 2 * TextFeatures.SimilarityFlag));
    }

    [Fact]
    public void Of_HalfASurrogatePair_SeparatesWords() => Assert.Equal(TextFeatures.Of("a b").Hashes, TextFeatures.Of("a\ud800b").Hashes);
}
