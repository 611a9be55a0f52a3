using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace OnnxChat.Training.Samples;

/// <summary>
/// Chance that depends on nothing but a seed and a name, on every machine and version (SplitMix64: Steele, Lea and
/// Flood, 2014). Each thing has its own, so that one thing more does not change the others'.
/// </summary>
internal sealed class SeededRandom
{
    private ulong _state;

    public SeededRandom(int seed, string name)
    {
        _state = Hash(seed, name);
    }

    /// <summary>A number that a name always has, evenly spread over all values.</summary>
    public static ulong Hash(int seed, string name) =>
        BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"{seed}\n{name}")));

    /// <summary>A whole number from 0 to below <paramref name="count"/>.</summary>
    public int Next(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return (int)Math.BigMul(NextBits(), (ulong)count, out _);
    }

    /// <summary>True with the given probability.</summary>
    public bool Chance(double probability) => (NextBits() >> 11) * (1.0 / (1UL << 53)) < probability;

    /// <summary>One of the items.</summary>
    public T Pick<T>(IReadOnlyList<T> items) => items[Next(items.Count)];

    private ulong NextBits()
    {
        var bits = _state += 0x9E3779B97F4A7C15;
        bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9;
        bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
        return bits ^ (bits >> 31);
    }
}
