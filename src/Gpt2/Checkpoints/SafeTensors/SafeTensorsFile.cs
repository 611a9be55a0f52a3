using System.Buffers.Binary;

namespace OnnxChat.Gpt2.Checkpoints.SafeTensors;

/// <summary>Reads safetensors: a length (64 bits), a JSON header, and the tensors one after another without gaps.</summary>
internal static class SafeTensorsFile
{
    private const int LengthBytes = sizeof(ulong);

    /// <summary>The format's own limit.</summary>
    private const int MaximumHeader = 100_000_000;

    public static Dictionary<string, TensorLayout> Read(CheckpointFile file)
    {
        Span<byte> prefix = stackalloc byte[LengthBytes];
        file.Read(0, prefix);
        var length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (length > MaximumHeader)
            throw file.Damaged($"its safetensors header claims {length} bytes, the limit is {MaximumHeader}");
        if (length > (ulong)(file.Length - LengthBytes))
            throw file.CutShort($"its safetensors header claims {length} bytes and {file.Length - LengthBytes} are left");

        var header = new byte[length];
        file.Read(LengthBytes, header);
        var entries = SafeTensorsHeader.Read(file, header);
        if (entries.Count == 0)
            throw file.Refused("the file holds no tensors.", "Give the file with the model's weights.");

        var start = LengthBytes + (long)length;
        CheckOrder(file, entries, file.Length - start);
        var tensors = new Dictionary<string, TensorLayout>(StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            var region = new StorageRegion(file, start + entry.Begin, entry.End - entry.Begin);
            var layout = TensorLayout.Contiguous(region, entry.Name, entry.ElementType, entry.Shape);
            if ((Int128)layout.Elements * ElementTypes.Size(entry.ElementType) != region.Bytes)
                throw file.Damaged($"tensor '{entry.Name}' [{string.Join(", ", entry.Shape)}] of {entry.ElementType} is given {region.Bytes} bytes");
            tensors[entry.Name] = layout;
        }

        return tensors;
    }

    private static void CheckOrder(CheckpointFile file, List<SafeTensorsEntry> entries, long available)
    {
        long next = 0;
        foreach (var entry in entries.OrderBy(entry => entry.Begin).ThenBy(entry => entry.End))
        {
            if (entry.Begin != next || entry.End < entry.Begin)
                throw file.Damaged(
                    $"tensor '{entry.Name}' has the bytes {entry.Begin} to {entry.End} where {next} must come next; tensors may neither overlap nor leave gaps");
            next = entry.End;
        }

        if (next > available)
            throw file.CutShort($"its tensors need {next} bytes and {available} are left");
        if (next < available)
            throw file.Damaged($"{available - next} bytes follow the last tensor");
    }
}
