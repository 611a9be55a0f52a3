using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace OnnxChat.Gpt2.Tests.Fixtures;

/// <summary>The tensors of a fixture in safetensors form: an 8-byte header length, a JSON header, the values.</summary>
internal sealed class SafetensorsFixture
{
    private readonly byte[] _bytes;
    private readonly int _valuesStart;
    private readonly JsonElement _header;

    public SafetensorsFixture(params string[] parts)
    {
        _bytes = File.ReadAllBytes(Testing.Repository.Fixture(parts));
        var headerLength = (int)BinaryPrimitives.ReadInt64LittleEndian(_bytes);
        _valuesStart = sizeof(long) + headerLength;
        using var header = JsonDocument.Parse(_bytes.AsMemory(sizeof(long), headerLength));
        _header = header.RootElement.Clone();
    }

    public float[] Read(string name)
    {
        var entry = _header.GetProperty(name);
        var offsets = entry.GetProperty("data_offsets");
        var bytes = _bytes.AsSpan(_valuesStart)[offsets[0].GetInt32()..offsets[1].GetInt32()];
        return entry.GetProperty("dtype").GetString() switch
        {
            "F32" => MemoryMarshal.Cast<byte, float>(bytes).ToArray(),
            "F16" => Array.ConvertAll(MemoryMarshal.Cast<byte, Half>(bytes).ToArray(), half => (float)half),
            var other => throw new InvalidDataException($"{name} is {other}; fixtures are F32 or F16."),
        };
    }

    /// <summary>A matrix's rows.</summary>
    public float[][] ReadRows(string name)
    {
        var width = _header.GetProperty(name).GetProperty("shape")[1].GetInt32();
        return [.. Read(name).Chunk(width)];
    }
}
