using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace OnnxChat.Connector.Tests.Fixtures;

/// <summary>Reads 32-bit float tensors of a fixture.</summary>
internal static class Safetensors
{
    public static Dictionary<string, float[]> Read(string path)
    {
        var file = File.ReadAllBytes(path);
        var header = (int)BinaryPrimitives.ReadInt64LittleEndian(file);
        using var json = JsonDocument.Parse(file.AsMemory(8, header));
        var tensors = new Dictionary<string, float[]>();
        foreach (var tensor in json.RootElement.EnumerateObject().Where(t => t.Name != "__metadata__"))
        {
            Assert.Equal("F32", tensor.Value.GetProperty("dtype").GetString());
            var offsets = tensor.Value.GetProperty("data_offsets").EnumerateArray().Select(o => o.GetInt32()).ToArray();
            tensors.Add(tensor.Name, MemoryMarshal.Cast<byte, float>(file.AsSpan(8 + header)[offsets[0]..offsets[1]]).ToArray());
        }

        return tensors;
    }
}
