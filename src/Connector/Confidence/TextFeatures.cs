namespace OnnxChat.Connector.Confidence;

/// <summary>
/// A question as a set of hashed features: words, pairs of words and the character 2- to 5-grams within a word; of
/// Chinese the character 1- to 3-grams. Case, digits, apostrophes and full-width forms make no difference.
/// </summary>
internal sealed class TextFeatures
{
    /// <summary>Marks the features that similarity is measured by: those that say most for the space they take.</summary>
    public const uint SimilarityFlag = 1u << 27;

    private const uint HashMask = SimilarityFlag - 1;
    private const int LongestGram = 5;
    private const int SimilarityGram = 4;
    private const int LongestHanGram = 3;
    private const uint WordKind = 0x100, PairKind = 0x200, GramKind = 0x300, HanKind = 0x400;

    // Stand for the ends of a word in its n-grams; no text has them as letters.
    private const int Before = 1, After = 2;

    private TextFeatures(uint[] hashes, bool isChinese, int characters)
    {
        Hashes = hashes;
        IsChinese = isChinese;
        Characters = characters;
    }

    /// <summary>Each feature once, in rising order, below 2^28.</summary>
    public uint[] Hashes { get; }

    /// <summary>Whether the text has at least as many Han characters as words of other letters.</summary>
    public bool IsChinese { get; }

    /// <summary>Letters, digits and Han characters that were read.</summary>
    public int Characters { get; }

    /// <summary>Takes a text apart.</summary>
    public static TextFeatures Of(string text)
    {
        var words = TextWords.Of(text);
        var hashes = new List<uint>();
        uint previous = 0;
        foreach (var (start, length, isHan) in words.Runs)
        {
            var run = words.Letters.AsSpan(start, length);
            if (isHan)
            {
                AddHan(run, hashes);
                previous = 0;
            }
            else
            {
                previous = AddWord(run, previous, hashes);
            }
        }

        hashes.Sort();
        return new TextFeatures(Distinct(hashes), words.IsChinese, words.Letters.Length);
    }

    /// <summary>The words of an answer as hashes, each once, in rising order: of Chinese its characters and pairs of them.</summary>
    public static uint[] WordsOf(string text)
    {
        var words = TextWords.Of(text);
        var hashes = new List<uint>();
        foreach (var (start, length, isHan) in words.Runs)
        {
            var run = words.Letters.AsSpan(start, length);
            if (!isHan)
                hashes.Add(Hash(WordKind, run) & ushort.MaxValue);
            for (var size = 1; isHan && size <= 2; size++)
            {
                for (var at = 0; at + size <= length; at++)
                    hashes.Add(Hash(HanKind, run.Slice(at, size)) & ushort.MaxValue);
            }
        }

        hashes.Sort();
        return Distinct(hashes);
    }

    private static uint AddWord(ReadOnlySpan<int> word, uint previous, List<uint> hashes)
    {
        var whole = Hash(WordKind, word);
        hashes.Add((whole & HashMask) | SimilarityFlag);
        if (previous != 0)
            hashes.Add((Hash(PairKind, [(int)previous, (int)whole]) & HashMask) | SimilarityFlag);

        Span<int> padded = stackalloc int[TextWords.LongestWord + 2];
        padded[0] = Before;
        word.CopyTo(padded[1..]);
        padded[word.Length + 1] = After;
        padded = padded[..(word.Length + 2)];
        for (var size = 2; size <= Math.Min(LongestGram, padded.Length); size++)
        {
            var flag = size == SimilarityGram ? SimilarityFlag : 0;
            for (var at = 0; at + size <= padded.Length; at++)
                hashes.Add((Hash(GramKind + (uint)size, padded.Slice(at, size)) & HashMask) | flag);
        }

        return whole;
    }

    private static void AddHan(ReadOnlySpan<int> run, List<uint> hashes)
    {
        for (var size = 1; size <= LongestHanGram; size++)
        {
            for (var at = 0; at + size <= run.Length; at++)
                hashes.Add((Hash(HanKind, run.Slice(at, size)) & HashMask) | SimilarityFlag);
        }
    }

    private static uint[] Distinct(List<uint> sorted)
    {
        var distinct = new List<uint>(sorted.Count);
        foreach (var hash in sorted)
        {
            if (distinct.Count == 0 || distinct[^1] != hash)
                distinct.Add(hash);
        }

        return [.. distinct];
    }

    // FNV-1a over the values' bytes, with MurmurHash3's finalizer, so that the low bits are as good as the high ones.
    private static uint Hash(uint kind, ReadOnlySpan<int> values)
    {
        const uint Prime = 16_777_619;
        var hash = (2_166_136_261 ^ kind) * Prime;
        foreach (var value in values)
        {
            for (var shift = 0; shift < 32; shift += 8)
                hash = (hash ^ (((uint)value >> shift) & 0xff)) * Prime;
        }

        hash = (hash ^ (hash >> 16)) * 0x85eb_ca6b;
        hash = (hash ^ (hash >> 13)) * 0xc2b2_ae35;
        return hash ^ (hash >> 16);
    }
}
