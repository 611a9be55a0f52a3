namespace OnnxChat.Evaluation.Comparison;

/// <summary>
/// A small random generator (Steele, Lea and Flood, 2014) that gives the same numbers for a seed on every platform and
/// in every version of .NET, which <see cref="Random"/> does not promise.
/// </summary>
internal struct SplitMix64(ulong seed)
{
    private ulong _state = seed;

    /// <returns>A number from 0 to <paramref name="limit"/> - 1, each as likely (Lemire, 2019, without its rejection: the bias is below limit / 2^64).</returns>
    public int Next(int limit)
    {
        _state += 0x9E3779B97F4A7C15;
        var z = _state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return (int)Math.BigMul(z ^ (z >> 31), (ulong)limit, out _);
    }
}
