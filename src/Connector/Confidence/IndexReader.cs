using System.Buffers.Binary;
using System.Text;

namespace OnnxChat.Connector.Confidence;

/// <summary>Reads the numbers of an index; whatever the bytes are, no number is outside its range.</summary>
internal ref struct IndexReader(ReadOnlySpan<byte> bytes)
{
    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);

    private ReadOnlySpan<byte> _left = bytes;

    /// <exception cref="InvalidDataException">The bytes end here.</exception>
    public byte Byte() => Bytes(1)[0];

    /// <exception cref="InvalidDataException">The bytes end before.</exception>
    public ReadOnlySpan<byte> Bytes(int count)
    {
        if (count > _left.Length)
            throw new InvalidDataException("It ends too early.");
        var read = _left[..count];
        _left = _left[count..];
        return read;
    }

    /// <param name="limit">What the number is below.</param>
    /// <exception cref="InvalidDataException">It is not.</exception>
    public int Number(int limit)
    {
        uint value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var part = Byte();
            value |= (part & 0x7fu) << shift;
            if (part < 0x80)
                break;
            if (shift >= 28)
                throw new InvalidDataException("A number in it has too many bytes.");
        }

        return value < (uint)limit ? (int)value : throw new InvalidDataException($"A number in it is {value}; it must be below {limit}.");
    }

    /// <summary>Reads how many things follow, no more than there are bytes for.</summary>
    /// <param name="bytesEach">Fewest bytes of one.</param>
    public int Count(int bytesEach) => Number((_left.Length / bytesEach) + 1);

    public ulong Long() => BinaryPrimitives.ReadUInt64LittleEndian(Bytes(sizeof(ulong)));

    /// <exception cref="InvalidDataException">It is no number, or infinite.</exception>
    public float Single()
    {
        var value = BinaryPrimitives.ReadSingleLittleEndian(Bytes(sizeof(float)));
        return float.IsFinite(value) && Math.Abs(value) < 1e6f ? value : throw new InvalidDataException($"A weight in it is {value}.");
    }

    /// <exception cref="InvalidDataException">It is not UTF-8.</exception>
    public string Text()
    {
        try
        {
            return Utf8.GetString(Bytes(Count(1)));
        }
        catch (DecoderFallbackException e)
        {
            throw new InvalidDataException("A text in it is not UTF-8.", e);
        }
    }

    /// <summary>Reads numbers that rise, each below a limit.</summary>
    public uint[] Rising(uint limit)
    {
        var values = new uint[Count(1)];
        uint previous = 0;
        for (var i = 0; i < values.Length; i++)
        {
            var difference = (uint)Number((int)(limit - previous));
            if (i > 0 && difference == 0)
                throw new InvalidDataException("Numbers in it do not rise.");
            previous = values[i] = previous + difference;
        }

        return values;
    }

    /// <exception cref="InvalidDataException">Something follows.</exception>
    public readonly void RequireEnd()
    {
        if (!_left.IsEmpty)
            throw new InvalidDataException($"{_left.Length} bytes follow its end.");
    }
}
