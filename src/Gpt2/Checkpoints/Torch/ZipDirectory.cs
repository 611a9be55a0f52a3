using System.Buffers.Binary;
using System.Text;

namespace OnnxChat.Gpt2.Checkpoints.Torch;

/// <summary>
/// Reads a zip's central directory, with the zip64 records that PyTorch writes. .NET's own reader does not say where an
/// entry's bytes are, and tensors are read at their offsets.
/// </summary>
/// <remarks>PKWARE APPNOTE 6.3.10, sections 4.3.7 to 4.3.16 and 4.5.3.</remarks>
internal static class ZipDirectory
{
    private const int EndLength = 22;
    private const int LocatorLength = 20;
    private const int End64Length = 56;
    private const int EntryLength = 46;
    private const int MaximumBytes = 16 << 20;
    private const int MaximumEntries = 100_000;

    public static Dictionary<string, ZipEntry> Read(CheckpointFile file)
    {
        var (offset, size) = FindDirectory(file);
        if (offset > (ulong)file.Length || size > (ulong)file.Length - offset)
            throw file.CutShort("the zip's directory lies outside the file");
        if (size > MaximumBytes)
            throw file.Refused($"the zip's directory has {size} bytes, the limit is {MaximumBytes}.", "Save the weights alone: torch.save(model.state_dict(), path).");

        var directory = new byte[size];
        file.Read((long)offset, directory);
        var entries = new Dictionary<string, ZipEntry>(StringComparer.Ordinal);
        for (ReadOnlySpan<byte> rest = directory; rest.Length > 0;)
        {
            var entry = ReadEntry(file, ref rest);
            if (!entries.TryAdd(entry.Name, entry))
                throw file.Damaged($"the zip has two entries named '{entry.Name}'");
            if (entries.Count > MaximumEntries)
                throw file.Refused($"the zip has more than {MaximumEntries} entries.", "Save the weights alone: torch.save(model.state_dict(), path).");
        }

        return entries;
    }

    private static (ulong Offset, ulong Size) FindDirectory(CheckpointFile file)
    {
        var tail = new byte[(int)Math.Min(file.Length, EndLength + ushort.MaxValue)];
        file.Read(file.Length - tail.Length, tail);
        for (var at = tail.Length - EndLength; at >= 0; at--)
        {
            var end = tail.AsSpan(at);
            if (!end.StartsWith("PK\x05\x06"u8) || BinaryPrimitives.ReadUInt16LittleEndian(end[20..]) != end.Length - EndLength)
                continue;
            var locator = at >= LocatorLength ? tail.AsSpan(at - LocatorLength, LocatorLength) : default;
            if (locator.StartsWith("PK\x06\x07"u8))
                return ReadEnd64(file, BinaryPrimitives.ReadUInt64LittleEndian(locator[8..]));
            return (BinaryPrimitives.ReadUInt32LittleEndian(end[16..]), BinaryPrimitives.ReadUInt32LittleEndian(end[12..]));
        }

        throw file.CutShort("it is a zip whose directory, the last thing in the file, is missing");
    }

    private static (ulong Offset, ulong Size) ReadEnd64(CheckpointFile file, ulong offset)
    {
        Span<byte> end = stackalloc byte[End64Length];
        if (offset > (ulong)file.Length || (ulong)file.Length - offset < End64Length)
            throw file.CutShort("the zip64 record lies outside the file");
        file.Read((long)offset, end);
        if (!end.StartsWith("PK\x06\x06"u8))
            throw file.Damaged($"there is no zip64 record at offset {offset}");
        return (BinaryPrimitives.ReadUInt64LittleEndian(end[48..]), BinaryPrimitives.ReadUInt64LittleEndian(end[40..]));
    }

    private static ZipEntry ReadEntry(CheckpointFile file, ref ReadOnlySpan<byte> rest)
    {
        if (rest.Length < EntryLength || !rest.StartsWith("PK\x01\x02"u8))
            throw file.Damaged("the zip's directory has a malformed entry");
        int nameLength = BinaryPrimitives.ReadUInt16LittleEndian(rest[28..]);
        int extraLength = BinaryPrimitives.ReadUInt16LittleEndian(rest[30..]);
        var length = EntryLength + nameLength + extraLength + BinaryPrimitives.ReadUInt16LittleEndian(rest[32..]);
        if (rest.Length < length)
            throw file.Damaged("the zip's directory ends inside an entry");

        var isEncrypted = (BinaryPrimitives.ReadUInt16LittleEndian(rest[8..]) & 1) != 0;
        var isStored = BinaryPrimitives.ReadUInt16LittleEndian(rest[10..]) == 0 && !isEncrypted;
        ulong packed = BinaryPrimitives.ReadUInt32LittleEndian(rest[20..]);
        ulong size = BinaryPrimitives.ReadUInt32LittleEndian(rest[24..]);
        ulong offset = BinaryPrimitives.ReadUInt32LittleEndian(rest[42..]);
        var name = Encoding.UTF8.GetString(rest.Slice(EntryLength, nameLength));
        Widen(file, rest.Slice(EntryLength + nameLength, extraLength), ref size, ref packed, ref offset);
        rest = rest[length..];
        return new ZipEntry(name, isStored && packed == size, size, offset);
    }

    private static void Widen(CheckpointFile file, ReadOnlySpan<byte> extra, ref ulong size, ref ulong packed, ref ulong offset)
    {
        while (extra.Length >= 4)
        {
            int length = BinaryPrimitives.ReadUInt16LittleEndian(extra[2..]);
            if (length > extra.Length - 4)
                break;
            if (BinaryPrimitives.ReadUInt16LittleEndian(extra) == 1)
            {
                var values = extra.Slice(4, length);
                Take(file, ref values, ref size);
                Take(file, ref values, ref packed);
                Take(file, ref values, ref offset);
                return;
            }

            extra = extra[(4 + length)..];
        }
    }

    private static void Take(CheckpointFile file, ref ReadOnlySpan<byte> values, ref ulong field)
    {
        if (field != uint.MaxValue)
            return;
        if (values.Length < 8)
            throw file.Damaged("the zip's directory has a malformed zip64 field");
        field = BinaryPrimitives.ReadUInt64LittleEndian(values);
        values = values[8..];
    }
}
