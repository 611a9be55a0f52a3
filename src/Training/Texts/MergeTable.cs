using System.Text;
using System.Text.RegularExpressions;
using OnnxChat.Connector.Tokenization;
using OnnxChat.Gpt2.Export;
using OnnxChat.Training.Samples;

namespace OnnxChat.Training.Texts;

/// <summary>
/// Byte pair encoding that leaves merges out at random (BPE dropout: Provilkov, Emelianenko and Voita, 2020), so that the
/// model meets a word in many cuts and one with a typing error is not foreign to it.
/// </summary>
internal sealed partial class MergeTable
{
    private readonly Dictionary<(int Left, int Right), (int Rank, int Token)> _merges;
    private readonly int[] _bytes = new int[256];

    public MergeTable(TokenizerFolder tokenizer)
    {
        var ids = tokenizer.Vocabulary;
        for (var value = 0; value < _bytes.Length; value++)
            _bytes[value] = ids[ByteLevelAlphabet.Write([(byte)value])];
        _merges = new(tokenizer.Merges.Count);
        for (var rank = 0; rank < tokenizer.Merges.Count; rank++)
        {
            var (left, right) = tokenizer.Merges[rank];
            _merges.TryAdd((ids[left], ids[right]), (rank, ids[left + right]));
        }
    }

    /// <summary>Encodes text, each possible merge left out with the given probability whenever it could be made.</summary>
    public List<int> Encode(string text, double dropout, SeededRandom random)
    {
        var tokens = new List<int>(text.Length);
        foreach (var word in Words().EnumerateMatches(text))
            AddWord(tokens, text.AsSpan(word.Index, word.Length), dropout, random);
        return tokens;
    }

    private void AddWord(List<int> tokens, ReadOnlySpan<char> word, double dropout, SeededRandom random)
    {
        var start = tokens.Count;
        foreach (var value in Encoding.UTF8.GetBytes(word.ToString()))
            tokens.Add(_bytes[value]);
        while (tokens.Count - start > 1)
        {
            var (best, place) = ((Rank: int.MaxValue, Token: 0), -1);
            for (var i = start; i + 1 < tokens.Count; i++)
            {
                if (_merges.TryGetValue((tokens[i], tokens[i + 1]), out var merge) && merge.Rank < best.Rank && !random.Chance(dropout))
                    (best, place) = (merge, i);
            }

            if (place < 0)
                return;
            tokens[place] = best.Token;
            tokens.RemoveAt(place + 1);
        }
    }

    // GPT-2's own.
    [GeneratedRegex(@"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Words();
}
