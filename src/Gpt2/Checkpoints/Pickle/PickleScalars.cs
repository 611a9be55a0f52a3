using System.Buffers.Binary;
using System.Text;

namespace OnnxChat.Gpt2.Checkpoints.Pickle;

/// <summary>Reads the opcodes that push one number, string or constant.</summary>
internal static class PickleScalars
{
    /// <summary>Integers come as <see cref="long"/>, floats as <see cref="double"/>.</summary>
    /// <returns>False where the opcode is of another kind.</returns>
    public static bool TryRead(PickleOpcode opcode, PickleInput input, out object? value)
    {
        (var isScalar, value) = opcode switch
        {
            PickleOpcode.None => (true, null),
            PickleOpcode.NewTrue => (true, true),
            PickleOpcode.NewFalse => (true, false),
            PickleOpcode.BinInt1 => (true, (long)input.ReadByte()),
            PickleOpcode.BinInt2 => (true, (long)BinaryPrimitives.ReadUInt16LittleEndian(input.ReadBytes(2))),
            PickleOpcode.BinInt => (true, (long)BinaryPrimitives.ReadInt32LittleEndian(input.ReadBytes(4))),
            PickleOpcode.Long1 => (true, ReadLong(input)),
            PickleOpcode.BinFloat => (true, BinaryPrimitives.ReadDoubleBigEndian(input.ReadBytes(8))),
            PickleOpcode.BinUnicode => (true, Encoding.UTF8.GetString(input.ReadBytes(ReadUInt32(input)))),
            PickleOpcode.ShortBinUnicode => (true, Encoding.UTF8.GetString(input.ReadBytes(input.ReadByte()))),
            PickleOpcode.BinString => (true, Encoding.Latin1.GetString(input.ReadBytes(ReadUInt32(input)))),
            PickleOpcode.ShortBinString => (true, Encoding.Latin1.GetString(input.ReadBytes(input.ReadByte()))),
            PickleOpcode.BinBytes => (true, input.ReadBytes(ReadUInt32(input))),
            PickleOpcode.ShortBinBytes => (true, input.ReadBytes(input.ReadByte())),
            _ => (false, (object?)null),
        };
        return isScalar;
    }

    public static uint ReadUInt32(PickleInput input)
    {
        Span<byte> bytes = stackalloc byte[4];
        input.Read(bytes);
        return BinaryPrimitives.ReadUInt32LittleEndian(bytes);
    }

    private static long ReadLong(PickleInput input)
    {
        var length = input.ReadByte();
        if (length > 8)
            throw input.File.Damaged($"its pickle has an integer of {length} bytes, the limit is 8");
        Span<byte> bytes = stackalloc byte[8];
        input.Read(bytes[..length]);
        if (length > 0 && bytes[length - 1] >= 0x80)
            bytes[length..].Fill(0xFF);
        return BinaryPrimitives.ReadInt64LittleEndian(bytes);
    }
}
