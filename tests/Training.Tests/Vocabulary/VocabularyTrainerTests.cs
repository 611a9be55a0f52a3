using System.Text;
using OnnxChat.Connector.Tokenization;
using OnnxChat.Gpt2.Export;
using OnnxChat.Testing;
using OnnxChat.Training.Expand;
using OnnxChat.Training.Vocabulary;

namespace OnnxChat.Training.Tests.Vocabulary;

public sealed class VocabularyTrainerTests
{
    private static readonly string Starter = Path.Combine(Repository.Root, "data", "starter");

    [Fact]
    public void Train_Words_MergesTheMostFrequentPairFirst()
    {
        var words = new WordCounts();
        for (var i = 0; i < 3; i++)
            words.Add("low lower lowest");

        var tokenizer = Train(words, VocabularyTrainer.Smallest + 4);

        Assert.Equal([new TokenMerge("l", "o"), new TokenMerge("lo", "w"), new TokenMerge("Ġ", "low"), new TokenMerge("Ġlow", "e")], tokenizer.Merges);
    }

    [Fact]
    public void Train_EquallyFrequentPairs_TakesTheOldestSymbols()
    {
        var words = new WordCounts();
        words.Add("dcba dc ba");

        Assert.Equal(new TokenMerge("b", "a"), Train(words, VocabularyTrainer.Smallest + 1).Merges[0]);
    }

    [Fact]
    public void Train_OverlappingPairs_CountsEachPieceOnce()
    {
        var words = new WordCounts();
        words.Add("aaaaaaaa");
        words.Add("aaaaaaaa");

        Assert.Equal(["aa", "aaaa", "aaaaaaaa"], Train(words, VocabularyTrainer.Smallest + 8).Merges.Select(merge => merge.Joined));
    }

    [Fact]
    public void Train_LittleData_StopsWhereNothingRepeats()
    {
        var words = new WordCounts();
        words.Add("ab ab");

        var tokenizer = Train(words, 4096);

        Assert.Equal(VocabularyTrainer.Smallest + 1, tokenizer.Count);
    }

    [Fact]
    public void Train_Any_HasTheControlTokensInTheCardsOrder()
    {
        var tokenizer = Train(new WordCounts(), VocabularyTrainer.Smallest);

        Assert.Equal(["<|endoftext|>", .. CardTokens.InOrder], tokenizer.SpecialTokens.Select(token => token.Content));
        Assert.Equal([0, 257, 258, 259, 260, 261], tokenizer.SpecialTokens.Select(token => token.Id));
    }

    [Fact]
    public void Train_Starter_ConnectorDecodesTheSameTextAndMergesInTheLearnedOrder()
    {
        var expander = new Expander(new ExpandRequest(Starter, Variants: 2));
        var samples = PatternLanguage.ReadAll(Starter).SelectMany(expander.Expand).ToList();
        var words = new WordCounts();
        samples.ForEach(sample => words.Add($" {sample.User} "));
        var learned = Train(words, 4096);
        using var folder = new TemporaryFolder();
        VocabularyFiles.Write(learned, folder.Path);
        var tokenizer = new ModelTokenizer(TokenizerFile.Read(folder["tokenizer.json"]));
        var ranks = learned.Merges.Select((merge, rank) => (merge, rank)).ToDictionary(item => item.merge, item => item.rank);

        // Others than it was learned from: answers, and what nobody says.
        var texts = samples.Where((_, i) => i % 20 == 0).SelectMany(sample => new[] { sample.User, sample.Assistant }).Append("Ünïcödé 🏔️ \u0001\n\t<|SYSTEM|>").ToList();
        Assert.True(texts.Count > 2_000, $"{texts.Count} texts.");
        Assert.All(texts, text =>
        {
            var ids = tokenizer.Encode(text);
            Assert.Equal(text, Encoding.UTF8.GetString([.. ids.SelectMany(id => tokenizer.GetBytes(id).ToArray())]));
            Assert.Equal(Merged(text, learned, ranks), ids);
        });
    }

    // Byte-pair encoding as it is defined: again and again the pair that was learned first.
    private static List<int> Merged(string text, TokenizerFolder learned, Dictionary<TokenMerge, int> ranks)
    {
        var ids = new List<int>();
        foreach (var (offset, length) in RegexSplitter.Gpt2.Split(text))
        {
            var symbols = Encoding.UTF8.GetBytes(text.Substring(offset, length)).Select(value => ByteLevelAlphabet.Write([value])).ToList();
            while (FirstLearned(symbols, ranks) is { } place)
            {
                symbols[place] += symbols[place + 1];
                symbols.RemoveAt(place + 1);
            }

            ids.AddRange(symbols.Select(symbol => learned.Vocabulary[symbol]));
        }

        return ids;
    }

    private static int? FirstLearned(List<string> symbols, Dictionary<TokenMerge, int> ranks) => Enumerable.Range(0, symbols.Count - 1)
        .Where(place => ranks.ContainsKey(new TokenMerge(symbols[place], symbols[place + 1])))
        .OrderBy(place => ranks[new TokenMerge(symbols[place], symbols[place + 1])])
        .Select(place => (int?)place)
        .FirstOrDefault();

    private static TokenizerFolder Train(WordCounts words, int size) => VocabularyTrainer.Train(words, size, TestContext.Current.CancellationToken);
}
