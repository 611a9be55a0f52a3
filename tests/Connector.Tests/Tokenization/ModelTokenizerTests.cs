using System.Text;
using System.Text.Json;
using FsCheck.Xunit;
using OnnxChat.Connector.Tests.Fixtures;
using OnnxChat.Connector.Tokenization;
using OnnxChat.Testing;

namespace OnnxChat.Connector.Tests.Tokenization;

public class ModelTokenizerTests
{
    private static readonly ModelTokenizer Gpt2 = Gpt2Vocabulary.Load();

    [Fact]
    public void Encode_AllOracleStringsSplitAtControls_EqualsRustTokenizers()
    {
        var strings = JsonSerializer.Deserialize<string[]>(File.ReadAllBytes(Repository.Fixture("tokenizer-strings.json")))!;
        var oracle = JsonSerializer.Deserialize<Dictionary<string, int[][]>>(File.ReadAllBytes(Repository.Fixture("tokenizer-oracle.json")))!["rust"];

        Assert.Equal(3047, strings.Length);
        var different = strings.Where((text, i) => !EncodeWithControls(text).SequenceEqual(oracle[i])).ToList();
        Assert.Empty(different);
    }

    [Fact]
    public async Task Encode_FromManyThreads_GivesTheSameIdsAsFromOne()
    {
        var texts = Enumerable.Range(0, 200).Select(i => $"Order #{i * 37}: 你好 {new string('x', i % 50)} émigré 🎉 <|USER|>").ToArray();
        var alone = texts.Select(t => Gpt2.Encode(t).ToArray()).ToArray();

        var wrong = 0;
        await Parallel.ForAsync(0, 4000, TestContext.Current.CancellationToken, (i, _) =>
        {
            if (!Gpt2.Encode(texts[i % 200]).SequenceEqual(alone[i % 200]))
                Interlocked.Increment(ref wrong);
            return ValueTask.CompletedTask;
        });
        Assert.Equal(0, wrong);
    }

    [Theory]
    [InlineData("<|endoftext|>")]
    [InlineData("before<|endoftext|>after")]
    public void Encode_TextThatLooksLikeAControlToken_StaysText(string text)
    {
        var ids = Gpt2.Encode(text);

        Assert.DoesNotContain(50256, ids);
        Assert.Equal(text, Decode(ids));
    }

    [Fact]
    public void Encode_LoneSurrogate_BecomesReplacementCharacter() =>
        Assert.Equal("a\ufffd b", Decode(Gpt2.Encode("a\ud83d b")));

    [Fact]
    public void Encode_NulInText_KeepsWhatFollows() => Assert.Equal("ab\0cd", Decode(Gpt2.Encode("ab\0cd")));

    [Property(MaxTest = 300)]
    public bool Encode_AnyText_DecodesToItself(string? text)
    {
        var wellFormed = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text ?? ""));
        return Decode(Gpt2.Encode(wellFormed)) == wellFormed;
    }

    private static IEnumerable<int> EncodeWithControls(string text) =>
        Gpt2.SplitAtControls(text).SelectMany(s => s.Control is { } control ? [control] : Gpt2.Encode(s.Text));

    private static string Decode(IReadOnlyList<int> ids)
    {
        var decoder = new IncrementalDecoder(Gpt2);
        return string.Concat(ids.Select(decoder.Append)) + decoder.Flush();
    }
}
