using System.Buffers.Binary;
using System.Text;
using System.Text.Json;

namespace OnnxChat.Gpt2.Tests.Checkpoints.Writers;

/// <summary>Writes safetensors files, right ones and wrong ones.</summary>
internal static class SafeTensorsWriter
{
    public static void Write(string path, params TestTensor[] tensors)
    {
        long offset = 0;
        var header = new Dictionary<string, object> { ["__metadata__"] = new { format = "pt" } };
        foreach (var tensor in tensors)
        {
            header[tensor.Name] = new { dtype = "F32", shape = tensor.Shape, data_offsets = new[] { offset, offset + tensor.Bytes.Length } };
            offset += tensor.Bytes.Length;
        }

        WriteRaw(path, JsonSerializer.Serialize(header), [.. tensors.SelectMany(tensor => tensor.Bytes)]);
    }

    public static void WriteRaw(string path, string header, byte[] data)
    {
        var json = Encoding.UTF8.GetBytes(header);
        var length = new byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)json.Length);
        File.WriteAllBytes(path, [.. length, .. json, .. data]);
    }
}
