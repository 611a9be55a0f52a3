using System.Buffers.Binary;
using System.Text;

namespace OnnxChat.Fuzzing.Mutation;

/// <summary>Changes bytes, knowing nothing of what they mean but a few words.</summary>
internal sealed class ByteMutator(Random random, IReadOnlyList<string> words) : IMutator
{
    // Structure stands at both ends of most files.
    private const int Ends = 512;
    private const int LongestPart = 64;
    private const int LongestRun = 2_000;

    private static readonly long[] Extremes =
        [0, 1, -1, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFFFF, int.MaxValue, int.MinValue, uint.MaxValue, long.MaxValue, long.MinValue, 1L << 40];

    private readonly byte[][] _words = [.. words.Select(Encoding.UTF8.GetBytes)];

    public byte[] Mutate(byte[] input, byte[] other)
    {
        if (input.Length == 0)
            return _words.Length > 0 ? _words[random.Next(_words.Length)] : [(byte)random.Next(256)];
        var at = Position(input);
        var length = random.Next(1, Math.Min(LongestPart, input.Length - at) + 1);
        switch (random.Next(10))
        {
            case 0:
                return With(input, at, bytes => bytes[0] ^= (byte)(1 << random.Next(8)));
            case 1:
                return With(input, at, bytes => bytes[0] = (byte)random.Next(256));
            case 2:
                return With(input, at, bytes => bytes[..length].Fill(random.Next(2) == 0 ? (byte)0xFF : (byte)0));
            case 3:
                return With(input, at, WriteExtreme);
            case 4:
                return input[..at];
            case 5:
                return [.. input[..at], .. input[(at + length)..]];
            case 6:
                var to = Position(input);
                return [.. input[..to], .. input[at..(at + length)], .. input[to..]];
            case 7 when other.Length > 0:
                var from = random.Next(other.Length);
                var part = other[from..(from + random.Next(1, Math.Min(LongestPart, other.Length - from) + 1))];
                return [.. input[..at], .. part, .. input[(random.Next(2) == 0 ? at : at + length)..]];
            case 8 when random.Next(16) == 0:
                return [.. input[..at], .. Enumerable.Repeat(input[at], random.Next(LongestRun)), .. input[at..]];
            default:
                byte[] word = _words.Length > 0 ? _words[random.Next(_words.Length)] : [(byte)random.Next(256)];
                return [.. input[..at], .. word, .. input[(random.Next(2) == 0 ? at : Math.Min(input.Length, at + word.Length))..]];
        }
    }

    private int Position(byte[] bytes) => random.Next(3) switch
    {
        0 => random.Next(Math.Min(bytes.Length, Ends)),
        1 => bytes.Length - 1 - random.Next(Math.Min(bytes.Length, Ends)),
        _ => random.Next(bytes.Length),
    };

    private void WriteExtreme(Span<byte> bytes)
    {
        Span<byte> number = stackalloc byte[sizeof(long)];
        var size = Math.Min(bytes.Length, 1 << random.Next(4));
        if (random.Next(2) == 0)
            BinaryPrimitives.WriteInt64LittleEndian(number, Extremes[random.Next(Extremes.Length)]);
        else
            BinaryPrimitives.WriteInt64LittleEndian(number, BitConverter.ToInt64([.. bytes[..Math.Min(bytes.Length, sizeof(long))], .. new byte[sizeof(long)]]) + random.Next(-8, 9));
        number[..size].CopyTo(bytes);
    }

    private static byte[] With(byte[] input, int at, Change change)
    {
        var bytes = (byte[])input.Clone();
        change(bytes.AsSpan(at));
        return bytes;
    }

    private delegate void Change(Span<byte> bytes);
}
