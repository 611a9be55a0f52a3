namespace OnnxChat.Connector.Generation;

/// <summary>
/// A small random generator (Steele, Lea and Flood, 2014) that gives the same numbers for a seed on every platform and
/// in every version of .NET, which <see cref="Random"/> does not promise.
/// </summary>
internal struct SplitMix64(ulong seed)
{
    private ulong _state = seed;

    /// <returns>A number in [0, 1) with 53 random bits.</returns>
    public double NextDouble()
    {
        _state += 0x9E3779B97F4A7C15;
        var z = _state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return ((z ^ (z >> 31)) >> 11) * (1.0 / (1L << 53));
    }
}
