using System.Text.Json;
using OnnxChat.Evaluation.Bleu;
using OnnxChat.Testing;

namespace OnnxChat.Evaluation.Tests.Bleu;

/// <summary>BLEU against sacrebleu 2.6.0 on 2,380 pairs.</summary>
public sealed class SacrebleuTests
{
    private const double Tolerance = 1e-9;

    private static readonly Lazy<JsonElement> Fixture = new(() =>
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Repository.Fixture("bleu-sacrebleu.json")));
        return document.RootElement.Clone();
    });

    private static readonly Lazy<(string Hypothesis, string Reference)[]> Pairs = new(() =>
        [.. Fixture.Value.GetProperty("pairs").EnumerateArray().Select(p => (p[0].GetString()!, p[1].GetString()!))]);

    [Theory]
    [InlineData(BleuTokenization.International13a, "corpus_13a")]
    [InlineData(BleuTokenization.Chinese, "corpus_zh")]
    [InlineData(BleuTokenization.Character, "corpus_char")]
    [InlineData(BleuTokenization.None, "corpus_none")]
    public void CorpusScore_AllPairs_IsSacrebleus(BleuTokenization tokenization, string name)
    {
        var expected = Fixture.Value.GetProperty(name);

        var corpus = Corpus(Pairs.Value, tokenization);

        Assert.Equal(expected[0].GetDouble(), corpus.CorpusScore(), Tolerance);
        Assert.Equal(expected[2].GetInt64(), corpus.HypothesisLength);
        Assert.Equal(expected[3].GetInt64(), corpus.ReferenceLength);
        for (var order = 1; order <= NgramCounts.Orders; order++)
            Assert.Equal(expected[3 + order].GetDouble(), 100.0 * corpus.Matches[order] / corpus.Totals[order], Tolerance);
    }

    [Theory]
    [InlineData(BleuTokenization.International13a, "sent_13a")]
    [InlineData(BleuTokenization.Chinese, "sent_zh")]
    [InlineData(BleuTokenization.Character, "sent_char")]
    [InlineData(BleuTokenization.None, "sent_none")]
    public void SentenceScore_EveryPair_IsSacrebleus(BleuTokenization tokenization, string name)
    {
        var expected = Fixture.Value.GetProperty(name).EnumerateArray().Select(s => s.GetDouble()).ToArray();

        Assert.Equal(Pairs.Value.Length, expected.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            var (hypothesis, reference) = Pairs.Value[i];
            var actual = BleuStatistics.Of(hypothesis, reference, tokenization).SentenceScore();
            Assert.True(Math.Abs(expected[i] - actual) <= Tolerance, $"Pair {i}, '{hypothesis}' and '{reference}': {actual}, sacrebleu has {expected[i]}.");
        }
    }

    [Fact]
    public void CorpusScore_EnglishPairsOnly_IsSacrebleus()
    {
        var english = Fixture.Value.GetProperty("en_idx").EnumerateArray().Select(i => Pairs.Value[i.GetInt32()]);

        var corpus = Corpus(english, BleuTokenization.International13a);

        Assert.Equal(Fixture.Value.GetProperty("corpus_en").GetDouble(), corpus.CorpusScore(), Tolerance);
    }

    private static BleuStatistics Corpus(IEnumerable<(string Hypothesis, string Reference)> pairs, BleuTokenization tokenization) =>
        pairs.Select(p => BleuStatistics.Of(p.Hypothesis, p.Reference, tokenization)).Aggregate((sum, next) => sum + next);
}
