using System.Buffers.Binary;

namespace OnnxChat.Gpt2.Checkpoints.Torch;

/// <summary>An entry of a zip's central directory.</summary>
/// <param name="Name">Its path in the zip.</param>
/// <param name="IsStored">Whether its bytes stand in the file as they are: not compressed, not encrypted.</param>
/// <param name="Size">Length in bytes.</param>
/// <param name="HeaderOffset">Offset of its local header, whose own lengths decide where its bytes start.</param>
internal sealed record ZipEntry(string Name, bool IsStored, ulong Size, ulong HeaderOffset)
{
    private const int HeaderLength = 30;

    public StorageRegion Locate(CheckpointFile file)
    {
        if (!IsStored)
            throw file.Refused($"its entry '{Name}' is compressed or encrypted, which torch.save never does.", "Unpack the file and save it with torch.save.");

        var length = (ulong)file.Length;
        Span<byte> header = stackalloc byte[HeaderLength];
        if (HeaderOffset > length || length - HeaderOffset < HeaderLength)
            throw file.CutShort($"the header of entry '{Name}' lies outside the file");
        file.Read((long)HeaderOffset, header);
        if (!header.StartsWith("PK\x03\x04"u8))
            throw file.Damaged($"there is no header of entry '{Name}' at offset {HeaderOffset}");

        var start = HeaderOffset + HeaderLength
            + BinaryPrimitives.ReadUInt16LittleEndian(header[26..]) + BinaryPrimitives.ReadUInt16LittleEndian(header[28..]);
        if (start > length || Size > length - start)
            throw file.CutShort($"entry '{Name}' of {Size} bytes at offset {start} reaches outside the file");
        return new StorageRegion(file, (long)start, (long)Size);
    }
}
