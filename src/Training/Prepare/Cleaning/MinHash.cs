using OnnxChat.Training.Samples;

namespace OnnxChat.Training.Prepare.Cleaning;

/// <summary>
/// Keys that similar sets mostly share (Broder, 1997): of 64 hash functions each keeps its least value, and eight of them
/// are a key. Sets with a similarity of 0.9 share one with a probability of 0.99, sets with 0.5 of 0.03.
/// </summary>
internal sealed class MinHash
{
    private const int Bands = 8;
    private const int Rows = 8;
    private readonly (ulong Factor, ulong Offset)[] _functions = [.. Enumerable.Range(0, Bands * Rows).Select(i =>
        (SeededRandom.Hash(i, "factor") | 1, SeededRandom.Hash(i, "offset")))];

    /// <summary>The keys of a set that is not empty.</summary>
    public ulong[] Keys(uint[] shingles)
    {
        var keys = new ulong[Bands];
        for (var band = 0; band < Bands; band++)
        {
            var key = (ulong)band;
            for (var row = 0; row < Rows; row++)
                key = ((key * 0x9E3779B97F4A7C15) ^ Least(shingles, _functions[(band * Rows) + row])) + 1;
            keys[band] = key;
        }

        return keys;
    }

    private static uint Least(uint[] shingles, (ulong Factor, ulong Offset) function)
    {
        var least = uint.MaxValue;
        foreach (var shingle in shingles)
            least = Math.Min(least, (uint)(((shingle * function.Factor) + function.Offset) >> 32));
        return least;
    }
}
