using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace OnnxChat.Training.Networks;

/// <summary>Writes 32-bit floats as a safetensors file.</summary>
internal static class SafeTensorsWriter
{
    private const int Alignment = 8;

    /// <param name="path">The file to write.</param>
    /// <param name="tensors">Names, shapes and what reads the values, asked for one at a time.</param>
    public static void Write(string path, IReadOnlyList<(string Name, long[] Shape, Func<float[]> Read)> tensors)
    {
        using var file = File.Create(path);
        var header = Header(tensors);
        Span<byte> length = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
        file.Write(length);
        file.Write(header);
        foreach (var tensor in tensors)
            file.Write(MemoryMarshal.AsBytes(tensor.Read().AsSpan()));
    }

    private static byte[] Header(IReadOnlyList<(string Name, long[] Shape, Func<float[]> Read)> tensors)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteStartObject("__metadata__");
            json.WriteString("format", "pt");
            json.WriteEndObject();
            long offset = 0;
            foreach (var (name, shape, _) in tensors)
            {
                var size = sizeof(float) * shape.Aggregate(1L, (product, dimension) => product * dimension);
                json.WriteStartObject(name);
                json.WriteString("dtype", "F32");
                json.WriteStartArray("shape");
                foreach (var dimension in shape)
                    json.WriteNumberValue(dimension);
                json.WriteEndArray();
                json.WriteStartArray("data_offsets");
                json.WriteNumberValue(offset);
                json.WriteNumberValue(offset += size);
                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        while (bytes.Length % Alignment != 0)
            bytes.WriteByte((byte)' ');
        return bytes.ToArray();
    }
}
