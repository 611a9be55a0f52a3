namespace OnnxChat.Throughput.Models;

/// <summary>A tensor of a GGUF file.</summary>
/// <param name="Name">llama.cpp's name.</param>
/// <param name="Source">The checkpoint's name.</param>
/// <param name="Rows">Rows; 1 for a vector.</param>
/// <param name="Columns">Values a row, which lie side by side in the file.</param>
/// <param name="IsVector">Whether the file lists one dimension.</param>
/// <param name="Transposed">Whether the checkpoint holds it as [columns, rows].</param>
/// <param name="Quantized">Whether it is written as q8_0 rather than as 32-bit floats.</param>
internal sealed record GgufTensor(string Name, string Source, int Rows, int Columns, bool IsVector, bool Transposed, bool Quantized)
{
    /// <summary>The type's number in ggml: 0 is f32, 8 is q8_0.</summary>
    public uint Type => Quantized ? 8u : 0u;

    public long Bytes => Quantized ? (long)Rows * Columns / Q8Blocks.Values * Q8Blocks.Bytes : (long)Rows * Columns * sizeof(float);
}
