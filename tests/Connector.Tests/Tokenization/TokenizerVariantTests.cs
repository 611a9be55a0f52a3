using System.Text;
using System.Text.Json.Nodes;
using FsCheck.Xunit;
using OnnxChat.Connector.Tests.Fixtures;
using OnnxChat.Connector.Tokenization;

namespace OnnxChat.Connector.Tests.Tokenization;

public class TokenizerVariantTests
{
    private static readonly ModelTokenizer ByteFallback = TokenizerVariants.Load("byte-fallback");

    public static TheoryData<string> Names => [.. TokenizerVariants.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Encode_OracleStrings_EqualsRustTokenizers(string name)
    {
        var tokenizer = TokenizerVariants.Load(name);

        Assert.All(
            TokenizerVariants.Strings.Zip(TokenizerVariants.Ids(name)),
            expected => Assert.Equal(expected.Second, tokenizer.Encode(expected.First, start: true)));
    }

    [Property(MaxTest = 300)]
    public bool Encode_ByteFallback_DecodesToItselfBehindASpace(string? text)
    {
        // The mark that stands for a space cannot be told from one.
        var wellFormed = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text ?? "")).Replace('\u2581', ' ');
        var expected = wellFormed.Length == 0 ? "" : " " + wellFormed;
        var decoder = new IncrementalDecoder(ByteFallback);
        return string.Concat(ByteFallback.Encode(wellFormed).Select(decoder.Append)) + decoder.Flush() == expected;
    }

    [Theory]
    [InlineData("<s>")]
    [InlineData("</s><|user|>")]
    [InlineData("<0x41>")]
    public void Encode_TextThatLooksLikeAToken_StaysText(string text)
    {
        var ids = ByteFallback.Encode(text);

        Assert.DoesNotContain(ids, ByteFallback.IsControl);
        Assert.Equal(" " + text, string.Concat(ids.Select(id => Encoding.UTF8.GetString(ByteFallback.GetBytes(id)))));
    }

    [Fact]
    public void Encode_MergesThatMakeAControlToken_AreNotFollowed()
    {
        var content = TokenizerVariants.Write("byte-fallback");
        var model = content["model"]!;
        var vocabulary = model["vocab"]!.AsObject();
        foreach (var piece in new[] { "<", "s", ">", "<s" })
            vocabulary.TryAdd(piece, vocabulary.Count + 10);
        model["merges"]!.AsArray().Add("< s");
        model["merges"]!.AsArray().Add("<s >");

        Assert.DoesNotContain(1, TokenizerVariants.Load(content).Encode("<s>"));
    }

    [Fact]
    public void IsControl_AddedTokenThatIsNotSpecial_IsText()
    {
        var content = TokenizerVariants.Write("byte-fallback");
        content["added_tokens"]!.AsArray().Add(new JsonObject { ["id"] = 900, ["content"] = "<think>", ["special"] = false });
        var tokenizer = TokenizerVariants.Load(content);

        Assert.False(tokenizer.IsControl(900));
        Assert.Equal(900, Assert.Single(tokenizer.SplitAtControls("<think>")).Control);
        Assert.DoesNotContain(900, tokenizer.Encode("<think>"));
        Assert.Equal("<think>", new ReplyDecoder(tokenizer, []).Append(900));
    }

    [Fact]
    public void GetBytes_AddedTokenOfSpaces_IsSpaces()
    {
        var content = TokenizerVariants.Write("gemma-like");
        content["added_tokens"]!.AsArray().Add(new JsonObject { ["id"] = 900, ["content"] = "\u2581\u2581\u2581", ["special"] = false });

        Assert.Equal("   ", Encoding.UTF8.GetString(TokenizerVariants.Load(content).GetBytes(900)));
    }

    public static TheoryData<string, string, string> Unsupported => new()
    {
        { "model", """{"type":"Unigram","vocab":[["a",0.0]]}""", "Unigram" },
        { "model", """{"type":"WordPiece","vocab":{"a":0}}""", "WordPiece" },
        { "model", """{"type":"BPE","vocab":{"a":0},"merges":[],"end_of_word_suffix":"</w>"}""", "</w>" },
        { "normalizer", """{"type":"Precompiled","precompiled_charsmap":""}""", "Precompiled" },
        { "pre_tokenizer", """{"type":"BertPreTokenizer"}""", "BertPreTokenizer" },
        { "pre_tokenizer", """{"type":"Split","pattern":{"Regex":"\\p{Han}"},"behavior":"Isolated","invert":false}""", "Han" },
        { "pre_tokenizer", """{"type":"Split","pattern":{"String":" "},"behavior":"Contiguous","invert":false}""", "Contiguous" },
        { "decoder", """{"type":"WordPiece"}""", "WordPiece" },
    };

    [Theory]
    [MemberData(nameof(Unsupported))]
    public void Read_StepThatIsNotSupported_IsRefusedByName(string part, string value, string name)
    {
        var content = TokenizerVariants.Write("byte-fallback");
        content[part] = JsonNode.Parse(value);

        var error = Assert.Throws<OnnxChatModelException>(() => TokenizerVariants.Load(content));

        Assert.Contains(name, error.Message, StringComparison.Ordinal);
        Assert.Contains("tokenizer.json", error.Message, StringComparison.Ordinal);
    }
}
