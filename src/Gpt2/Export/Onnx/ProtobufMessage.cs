using Google.Protobuf;

namespace OnnxChat.Gpt2.Export.Onnx;

/// <summary>One protobuf message under construction: fields by number, as the wire format has them.</summary>
internal sealed class ProtobufMessage : IDisposable
{
    private readonly MemoryStream _bytes = new();
    private readonly CodedOutputStream _output;

    public ProtobufMessage() => _output = new CodedOutputStream(_bytes, leaveOpen: true);

    public ProtobufMessage Integer(int field, long value)
    {
        _output.WriteTag(field, WireFormat.WireType.Varint);
        _output.WriteInt64(value);
        return this;
    }

    public ProtobufMessage Number(int field, float value)
    {
        _output.WriteTag(field, WireFormat.WireType.Fixed32);
        _output.WriteFloat(value);
        return this;
    }

    public ProtobufMessage Text(int field, string value)
    {
        _output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        _output.WriteString(value);
        return this;
    }

    public ProtobufMessage Bytes(int field, ReadOnlyMemory<byte> value)
    {
        _output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        _output.WriteBytes(UnsafeByteOperations.UnsafeWrap(value));
        return this;
    }

    /// <summary>Writes <paramref name="message"/> as a field of this one, and disposes it.</summary>
    public ProtobufMessage Message(int field, ProtobufMessage message)
    {
        using (message)
            return Bytes(field, message.Written());
    }

    public void CopyTo(Stream stream)
    {
        _output.Flush();
        _bytes.WriteTo(stream);
    }

    public void Dispose()
    {
        _output.Dispose();
        _bytes.Dispose();
    }

    private ReadOnlyMemory<byte> Written()
    {
        _output.Flush();
        return _bytes.GetBuffer().AsMemory(0, (int)_bytes.Length);
    }
}
