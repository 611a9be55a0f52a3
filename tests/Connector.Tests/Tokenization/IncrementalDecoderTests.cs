using OnnxChat.Connector.Tests.Fixtures;
using OnnxChat.Connector.Tokenization;

namespace OnnxChat.Connector.Tests.Tokenization;

public class IncrementalDecoderTests
{
    private static readonly ModelTokenizer Gpt2 = Gpt2Vocabulary.Load();

    [Fact]
    public void Append_CharacterOfSeveralTokens_ComesOnceItIsWhole()
    {
        var ids = Gpt2.Encode("😊");
        Assert.True(ids.Count > 1);
        var decoder = new IncrementalDecoder(Gpt2);

        var pieces = ids.Select(decoder.Append).ToList();

        Assert.All(pieces[..^1], Assert.Empty);
        Assert.Equal("😊", pieces[^1]);
        Assert.Empty(decoder.Flush());
    }

    [Fact]
    public void Flush_WithinACharacter_GivesReplacementCharacterAndLosesNothingBefore()
    {
        var decoder = new IncrementalDecoder(Gpt2);
        var text = string.Concat(Gpt2.Encode("ok 😊").SkipLast(1).Select(decoder.Append));

        Assert.Equal("ok ", text);
        Assert.Equal("\ufffd", decoder.Flush());
    }

    [Fact]
    public void Append_MalformedBytes_LosesNoByteAfterThem()
    {
        var decoder = new IncrementalDecoder(Gpt2);
        int[] ids = [.. Gpt2.Encode("😊").SkipLast(1), .. Gpt2.Encode(" you are")];

        Assert.Equal("\ufffd you are", string.Concat(ids.Select(decoder.Append)) + decoder.Flush());
    }

    [Fact]
    public void Append_IdBeyondTheVocabulary_GivesNothing() =>
        Assert.Empty(new IncrementalDecoder(Gpt2).Append(60_000));
}
