using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace OnnxChat.Connector.Confidence;

/// <summary>Writes the numbers of an index.</summary>
internal sealed class IndexWriter
{
    private readonly ArrayBufferWriter<byte> _buffer = new();

    public ReadOnlySpan<byte> Written => _buffer.WrittenSpan;

    public void Byte(byte value) => _buffer.Write([value]);

    public void Bytes(ReadOnlySpan<byte> values) => _buffer.Write(values);

    /// <param name="value">0 or more.</param>
    public void Number(int value)
    {
        var left = (uint)value;
        for (; left >= 0x80; left >>= 7)
            Byte((byte)(left | 0x80));
        Byte((byte)left);
    }

    public void Long(ulong value)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(_buffer.GetSpan(sizeof(ulong)), value);
        _buffer.Advance(sizeof(ulong));
    }

    public void Single(float value)
    {
        BinaryPrimitives.WriteSingleLittleEndian(_buffer.GetSpan(sizeof(float)), value);
        _buffer.Advance(sizeof(float));
    }

    public void Text(string value)
    {
        var bytes = Encoding.UTF8.GetBytes(value);
        Number(bytes.Length);
        Bytes(bytes);
    }

    /// <summary>Writes how many there are, and each as the difference from the one before it.</summary>
    public void Rising(ReadOnlySpan<uint> values)
    {
        Number(values.Length);
        uint previous = 0;
        foreach (var value in values)
        {
            Number((int)(value - previous));
            previous = value;
        }
    }
}
