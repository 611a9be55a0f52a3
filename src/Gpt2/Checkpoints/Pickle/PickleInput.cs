using System.Text;

namespace OnnxChat.Gpt2.Checkpoints.Pickle;

/// <summary>The bytes of one or more pickles in a file, read in order and never past their end.</summary>
internal sealed class PickleInput
{
    /// <summary>A GPT-2 of 48 layers with its optimizer needs less than 1 MiB.</summary>
    public const int MaximumLength = 16 << 20;

    private const int MaximumLine = 1024;
    private readonly byte[] _buffer;
    private readonly long _end;
    private readonly bool _isLimited;
    private long _bufferEnd;
    private int _next;
    private int _filled;

    public PickleInput(CheckpointFile file, long start, long length)
    {
        File = file;
        _isLimited = length > MaximumLength;
        _bufferEnd = start;
        _end = start + Math.Min(length, MaximumLength);
        _buffer = new byte[(int)Math.Min(length, 1 << 16)];
    }

    public CheckpointFile File { get; }

    /// <summary>Offset in the file of the next byte.</summary>
    public long Position => _bufferEnd - (_filled - _next);

    public byte ReadByte()
    {
        if (_next == _filled)
            Fill();
        return _buffer[_next++];
    }

    public void Read(Span<byte> destination)
    {
        if (destination.Length > _end - Position)
            throw PastEnd(destination.Length);
        while (destination.Length > 0)
        {
            if (_next == _filled)
                Fill();
            var count = Math.Min(destination.Length, _filled - _next);
            _buffer.AsSpan(_next, count).CopyTo(destination);
            _next += count;
            destination = destination[count..];
        }
    }

    /// <summary>Reads as many bytes as the file says, once it is known that it has them.</summary>
    public byte[] ReadBytes(long length)
    {
        if (length < 0 || length > _end - Position)
            throw PastEnd(length);
        var bytes = new byte[length];
        Read(bytes);
        return bytes;
    }

    public string ReadLine()
    {
        Span<byte> line = stackalloc byte[MaximumLine];
        for (var length = 0; length < MaximumLine; length++)
        {
            var value = ReadByte();
            if (value == '\n')
                return Encoding.UTF8.GetString(line[..length]);
            line[length] = value;
        }

        throw File.Damaged($"a name in the pickle is longer than {MaximumLine} bytes");
    }

    private void Fill()
    {
        var count = (int)Math.Min(_buffer.Length, _end - _bufferEnd);
        if (count <= 0)
            throw PastEnd(1);
        File.Read(_bufferEnd, _buffer.AsSpan(0, count));
        _bufferEnd += count;
        _next = 0;
        _filled = count;
    }

    private CheckpointException PastEnd(long wanted) => _isLimited
        ? File.Refused(
            $"its pickle goes on past {MaximumLength} bytes, the limit.", "Save the weights alone: torch.save(model.state_dict(), path), or safetensors.")
        : File.CutShort($"its pickle asks for {wanted} bytes at offset {Position} and {Math.Max(0, _end - Position)} are left");
}
