namespace OnnxChat.Training.Prepare.Cleaning;

/// <summary>The pieces of five characters that a text is made of, as sorted hashes.</summary>
internal static class Shingles
{
    private const int Length = 5;

    public static uint[] Of(string text)
    {
        var hashes = new HashSet<uint>();
        for (var start = 0; start == 0 || start + Length <= text.Length; start++)
            hashes.Add(Hash(text.AsSpan(start, Math.Min(Length, text.Length - start))));
        uint[] sorted = [.. hashes];
        Array.Sort(sorted);
        return sorted;
    }

    /// <summary>The share of all pieces that both have: Jaccard's similarity.</summary>
    public static double Similarity(uint[] left, uint[] right)
    {
        int l = 0, r = 0, common = 0;
        while (l < left.Length && r < right.Length)
        {
            if (left[l] == right[r])
                common++;
            var order = left[l].CompareTo(right[r]);
            l += order <= 0 ? 1 : 0;
            r += order >= 0 ? 1 : 0;
        }

        return (double)common / (left.Length + right.Length - common);
    }

    // FNV-1a (Fowler, Noll, Vo): the same on every machine.
    private static uint Hash(ReadOnlySpan<char> characters)
    {
        var hash = 2166136261;
        foreach (var character in characters)
            hash = (hash ^ character) * 16777619;
        return hash;
    }
}
