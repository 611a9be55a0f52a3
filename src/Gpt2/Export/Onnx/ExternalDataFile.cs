using System.Runtime.InteropServices;

namespace OnnxChat.Gpt2.Export.Onnx;

/// <summary>Appends tensors to the file beside the graph, each at the start of a memory page so that it can be mapped.</summary>
internal sealed class ExternalDataFile(string path) : IDisposable
{
    private const int Alignment = 4096;
    private const int ChunkBytes = 1 << 22;

    private readonly FileStream _file = new(path, FileMode.Create, FileAccess.Write, FileShare.None, ChunkBytes);

    public string Name { get; } = Path.GetFileName(path);

    /// <summary>Appends <paramref name="values"/> as they lie in memory (ONNX is little endian, and so is every machine that ONNX Runtime runs on).</summary>
    public ExternalRange Append<T>(ReadOnlySpan<T> values, CancellationToken cancellationToken)
        where T : unmanaged
    {
        var offset = (_file.Position + Alignment - 1) / Alignment * Alignment;
        Span<byte> padding = stackalloc byte[(int)(offset - _file.Position)];
        padding.Clear();
        _file.Write(padding);

        // By chunks, because the bytes of one tensor can be more than a span can count.
        var chunk = ChunkBytes / Marshal.SizeOf<T>();
        for (var start = 0; start < values.Length; start += chunk)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _file.Write(MemoryMarshal.AsBytes(values.Slice(start, Math.Min(chunk, values.Length - start))));
        }

        return new ExternalRange(offset, _file.Position - offset);
    }

    public void Dispose() => _file.Dispose();
}
