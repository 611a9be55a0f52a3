using System.Text;
using OnnxChat.Connector.Tokenization;
using OnnxChat.Gpt2.Export;
using AddedToken = OnnxChat.Gpt2.Export.AddedToken;

namespace OnnxChat.Training.Vocabulary;

/// <summary>
/// Learns a byte-level vocabulary by byte-pair encoding (Sennrich et al., 2016; over bytes as GPT-2 has it, Radford et
/// al., 2019): the most frequent pair of neighbours becomes a token, again and again. The same words give the same
/// vocabulary on every machine.
/// </summary>
internal static class VocabularyTrainer
{
    // A pair that stands once tells nothing about the next text.
    private const long LeastOccurrences = 2;
    private const int Bytes = 256;

    /// <summary>The smallest vocabulary: bytes, <c>&lt;|endoftext|&gt;</c> and the card's tokens.</summary>
    public static int Smallest => Bytes + 1 + CardTokens.InOrder.Count;

    /// <param name="words">What to learn from.</param>
    /// <param name="size">The most ids, control tokens among them; fewer where the words repeat too little.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static TokenizerFolder Train(WordCounts words, int size, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, Smallest);
        var pairs = new BytePairs();
        foreach (var (word, count) in words.Counts)
            pairs.Add(Encoding.UTF8.GetBytes(word), count);
        pairs.Rank();

        List<string> tokens = [.. Enumerable.Range(0, Bytes).Select(value => ByteLevelAlphabet.Write([(byte)value]))];
        var symbols = tokens.Select((token, symbol) => (token, symbol)).ToDictionary(item => item.token, item => item.symbol);
        var merges = new List<TokenMerge>();
        while (symbols.Count < size - Smallest + Bytes && pairs.TryTakeBest(LeastOccurrences, out var pair))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var merge = new TokenMerge(tokens[pair.Left], tokens[pair.Right]);
            // Another pair may already have made the same token.
            if (symbols.TryAdd(merge.Joined, tokens.Count))
                tokens.Add(merge.Joined);
            merges.Add(merge);
            pairs.Merge(pair, symbols[merge.Joined]);
        }

        var vocabulary = new Dictionary<string, int> { [CardTokens.EndOfText] = 0 };
        foreach (var token in tokens)
            vocabulary.Add(token, vocabulary.Count);
        return new TokenizerFolder(vocabulary, merges, [new AddedToken(CardTokens.EndOfText, 0)]).WithCardTokens();
    }
}
