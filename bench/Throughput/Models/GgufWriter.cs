using System.Runtime.InteropServices;
using System.Text;
using OnnxChat.Gpt2;

namespace OnnxChat.Throughput.Models;

/// <summary>
/// Writes a GPT-2 as llama.cpp reads it: GGUF version 3, architecture <c>gpt2</c>, no tokenizer. The format is described in
/// ggml's docs/gguf.md.
/// </summary>
internal sealed class GgufWriter(IGpt2Weights weights, bool quantized)
{
    private const int Alignment = 32;
    private const uint UInt32Type = 4;
    private const uint Float32Type = 6;
    private const uint StringType = 8;

    public void Write(string path)
    {
        var shape = weights.Configuration;
        if (!shape.TiedHead)
            throw new NotSupportedException("A head of its own is not written; use a checkpoint whose head is tied to the embedding.");
        using var writer = new BinaryWriter(File.Create(path));
        var tensors = Tensors(shape);
        (string Key, object Value)[] metadata =
        [
            ("general.architecture", "gpt2"),
            ("general.quantization_version", 2u),
            ("general.file_type", quantized ? 7u : 0u),
            ("gpt2.block_count", (uint)shape.Layers),
            ("gpt2.context_length", (uint)shape.Context),
            ("gpt2.embedding_length", (uint)shape.Width),
            ("gpt2.feed_forward_length", (uint)shape.InnerWidth),
            ("gpt2.attention.head_count", (uint)shape.Heads),
            ("gpt2.attention.layer_norm_epsilon", (float)shape.LayerNormEpsilon),
            ("gpt2.vocab_size", (uint)shape.VocabularySize),
            ("tokenizer.ggml.model", "no_vocab"),
        ];
        writer.Write("GGUF"u8);
        writer.Write(3u);
        writer.Write((ulong)tensors.Count);
        writer.Write((ulong)metadata.Length);
        foreach (var (key, value) in metadata)
            Write(writer, key, value);
        WriteDirectory(writer, tensors);
        Pad(writer);
        foreach (var tensor in tensors)
        {
            WriteData(writer, tensor);
            Pad(writer);
        }
    }

    private List<GgufTensor> Tensors(Gpt2Configuration shape)
    {
        List<GgufTensor> tensors =
        [
            new("token_embd.weight", "wte.weight", shape.VocabularySize, shape.Width, IsVector: false, Transposed: false, quantized),
            new("position_embd.weight", "wpe.weight", shape.Context, shape.Width, IsVector: false, Transposed: false, Quantized: false),
        ];
        Vectors("output_norm", "ln_f", shape.Width);
        for (var layer = 0; layer < shape.Layers; layer++)
        {
            var (target, source) = ($"blk.{layer}", $"h.{layer}");
            Vectors($"{target}.attn_norm", $"{source}.ln_1", shape.Width);
            Matrix($"{target}.attn_qkv", $"{source}.attn.c_attn", 3 * shape.Width, shape.Width);
            Matrix($"{target}.attn_output", $"{source}.attn.c_proj", shape.Width, shape.Width);
            Vectors($"{target}.ffn_norm", $"{source}.ln_2", shape.Width);
            Matrix($"{target}.ffn_up", $"{source}.mlp.c_fc", shape.InnerWidth, shape.Width);
            Matrix($"{target}.ffn_down", $"{source}.mlp.c_proj", shape.Width, shape.InnerWidth);
        }

        return tensors;

        void Vector(string name, string source, int width) =>
            tensors.Add(new GgufTensor(name, source, 1, width, IsVector: true, Transposed: false, Quantized: false));

        void Vectors(string name, string source, int width)
        {
            Vector(name + ".weight", source + ".weight", width);
            Vector(name + ".bias", source + ".bias", width);
        }

        // A checkpoint of GPT-2 keeps its matrices as [in, out].
        void Matrix(string name, string source, int rows, int columns)
        {
            tensors.Add(new GgufTensor(name + ".weight", source + ".weight", rows, columns, IsVector: false, Transposed: true, quantized));
            Vector(name + ".bias", source + ".bias", rows);
        }
    }

    private static void WriteDirectory(BinaryWriter writer, List<GgufTensor> tensors)
    {
        var offset = 0L;
        foreach (var tensor in tensors)
        {
            Write(writer, tensor.Name);
            // ggml lists the dimension that is contiguous first.
            writer.Write(tensor.IsVector ? 1u : 2u);
            writer.Write((ulong)tensor.Columns);
            if (!tensor.IsVector)
                writer.Write((ulong)tensor.Rows);
            writer.Write(tensor.Type);
            writer.Write((ulong)offset);
            offset += (tensor.Bytes + Alignment - 1) / Alignment * Alignment;
        }
    }

    private void WriteData(BinaryWriter writer, GgufTensor tensor)
    {
        var values = weights.Read(tensor.Source);
        if (values.Length != (long)tensor.Rows * tensor.Columns)
            throw new InvalidDataException($"{tensor.Source} has {values.Length} values; [{tensor.Rows}, {tensor.Columns}] takes {(long)tensor.Rows * tensor.Columns}.");
        if (tensor.Transposed)
            values = Transpose(values, tensor.Rows, tensor.Columns);
        writer.Write(tensor.Quantized ? Q8Blocks.Quantize(values) : MemoryMarshal.AsBytes(values.AsSpan()));
    }

    private static float[] Transpose(float[] values, int rows, int columns)
    {
        var transposed = new float[values.Length];
        Parallel.For(0, rows, row =>
        {
            for (var column = 0; column < columns; column++)
                transposed[(row * columns) + column] = values[(column * rows) + row];
        });
        return transposed;
    }

    private static void Write(BinaryWriter writer, string key, object value)
    {
        Write(writer, key);
        switch (value)
        {
            case uint number:
                writer.Write(UInt32Type);
                writer.Write(number);
                break;
            case float number:
                writer.Write(Float32Type);
                writer.Write(number);
                break;
            default:
                writer.Write(StringType);
                Write(writer, (string)value);
                break;
        }
    }

    private static void Write(BinaryWriter writer, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        writer.Write((ulong)bytes.Length);
        writer.Write(bytes);
    }

    private static void Pad(BinaryWriter writer)
    {
        while (writer.BaseStream.Position % Alignment != 0)
            writer.Write((byte)0);
    }
}
