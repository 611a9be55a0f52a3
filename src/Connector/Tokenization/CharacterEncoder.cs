using System.Globalization;
using System.Runtime.InteropServices;

namespace OnnxChat.Connector.Tokenization;

/// <summary>
/// Byte pair encoding over characters, as SentencePiece models have it in Hugging Face's form (Llama 2, Gemma, Phi-3): a
/// character that the vocabulary lacks becomes its UTF-8 bytes, each a token, or the unknown token.
/// </summary>
internal sealed class CharacterEncoder : ITextEncoder
{
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _vocabulary;
    private readonly Dictionary<(int Left, int Right), (int Rank, int Merged)> _merges = [];
    private readonly SplittingPreTokenizer _words;
    private readonly int[]? _bytes;
    private readonly int? _unknown;
    private readonly bool _fusesUnknown;
    private readonly bool _ignoresMerges;

    public CharacterEncoder(TokenizerFile file)
    {
        _vocabulary = file.Vocabulary.GetAlternateLookup<ReadOnlySpan<char>>();
        _words = new SplittingPreTokenizer(file.Splitters);
        _fusesUnknown = file.FusesUnknown;
        _ignoresMerges = file.IgnoresMerges;
        _unknown = file.UnknownToken is { } token && file.Vocabulary.TryGetValue(token, out var unknown) ? unknown : null;
        if (file.HasByteFallback)
        {
            _bytes = [.. Enumerable.Range(0, 256).Select(b =>
                file.Vocabulary.TryGetValue(string.Create(CultureInfo.InvariantCulture, $"<0x{b:X2}>"), out var id) ? id : -1)];
        }

        for (var rank = 0; rank < file.Merges.Count; rank++)
        {
            var (left, right) = file.Merges[rank];
            if (!file.Vocabulary.TryGetValue(left, out var l) || !file.Vocabulary.TryGetValue(right, out var r) || !file.Vocabulary.TryGetValue(left + right, out var merged))
                throw new FormatException($"The merge '{left} {right}' has a side or a result that the vocabulary lacks.");
            _merges[(l, r)] = (rank, merged);
        }
    }

    public IReadOnlyList<int> Encode(string text)
    {
        var ids = new List<int>();
        foreach (var (offset, length) in _words.PreTokenize(text))
            EncodeWord(text.AsSpan(offset, length), ids);
        return ids;
    }

    private void EncodeWord(ReadOnlySpan<char> word, List<int> ids)
    {
        if (_ignoresMerges && _vocabulary.TryGetValue(word, out var whole))
        {
            ids.Add(whole);
            return;
        }

        var symbols = ToSymbols(word);
        foreach (var id in Merge(CollectionsMarshal.AsSpan(symbols)))
            ids.Add(id);
    }

    private List<int> ToSymbols(ReadOnlySpan<char> word)
    {
        var symbols = new List<int>(word.Length);
        Span<byte> utf8 = stackalloc byte[4];
        var afterUnknown = false;
        foreach (var rune in word.EnumerateRunes())
        {
            var length = rune.Utf16SequenceLength;
            var known = _vocabulary.TryGetValue(word[..length], out var id);
            word = word[length..];
            var bytes = utf8[..rune.EncodeToUtf8(utf8)];
            if (known)
                symbols.Add(id);
            else if (_bytes is not null && !HasMissing(bytes))
                AddBytes(symbols, bytes);
            else if (_unknown is { } unknown && !(afterUnknown && _fusesUnknown))
                symbols.Add(unknown);
            afterUnknown = !known && symbols.Count > 0 && symbols[^1] == _unknown;
        }

        return symbols;
    }

    private bool HasMissing(ReadOnlySpan<byte> bytes)
    {
        foreach (var b in bytes)
        {
            if (_bytes![b] < 0)
                return true;
        }

        return false;
    }

    private void AddBytes(List<int> symbols, ReadOnlySpan<byte> bytes)
    {
        foreach (var b in bytes)
            symbols.Add(_bytes![b]);
    }

    /// <summary>Merges neighbours, lowest rank first and from the left, until no rule fits (Sennrich et al., 2016).</summary>
    private IEnumerable<int> Merge(ReadOnlySpan<int> word)
    {
        // A chain of symbols; a symbol that was merged into the one on its left is marked by -1.
        var symbols = word.ToArray();
        var next = Enumerable.Range(1, symbols.Length).ToArray();
        var previous = Enumerable.Range(-1, symbols.Length).ToArray();
        var waiting = new PriorityQueue<(int At, int Left, int Right, int Merged), (int Rank, int At)>();
        for (var at = 0; at + 1 < symbols.Length; at++)
            Offer(at, at + 1);

        while (waiting.TryDequeue(out var merge, out _))
        {
            var at = merge.At;
            var right = next[at];
            // Either side may have been merged otherwise since.
            if (symbols[at] != merge.Left || right >= symbols.Length || symbols[right] != merge.Right)
                continue;
            symbols[at] = merge.Merged;
            symbols[right] = -1;
            next[at] = next[right];
            if (next[at] < symbols.Length)
            {
                previous[next[at]] = at;
                Offer(at, next[at]);
            }

            if (previous[at] >= 0)
                Offer(previous[at], at);
        }

        return symbols.Where(s => s >= 0);

        void Offer(int left, int right)
        {
            if (_merges.TryGetValue((symbols[left], symbols[right]), out var rule))
                waiting.Enqueue((left, symbols[left], symbols[right], rule.Merged), (rule.Rank, left));
        }
    }
}
