using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace OnnxChat.Gpt2.Checkpoints;

/// <summary>Sizes of element types, and their conversion to 32-bit floats.</summary>
internal static class ElementTypes
{
    public static int Size(CheckpointElementType type) => type switch
    {
        CheckpointElementType.F64 or CheckpointElementType.I64 => 8,
        CheckpointElementType.F32 or CheckpointElementType.I32 => 4,
        CheckpointElementType.F16 or CheckpointElementType.BF16 or CheckpointElementType.I16 => 2,
        _ => 1,
    };

    public static void ToSingles(CheckpointElementType type, ReadOnlySpan<byte> source, Span<float> destination)
    {
        // Checkpoints are mostly of this type, and a copy is much faster than a loop.
        if (type == CheckpointElementType.F32 && BitConverter.IsLittleEndian)
        {
            MemoryMarshal.Cast<byte, float>(source)[..destination.Length].CopyTo(destination);
            return;
        }

        var size = Size(type);
        for (var index = 0; index < destination.Length; index++)
            destination[index] = ToSingle(type, source.Slice(index * size, size));
    }

    public static float ToSingle(CheckpointElementType type, ReadOnlySpan<byte> element) => type switch
    {
        CheckpointElementType.F64 => (float)BinaryPrimitives.ReadDoubleLittleEndian(element),
        CheckpointElementType.F32 => BinaryPrimitives.ReadSingleLittleEndian(element),
        CheckpointElementType.F16 => (float)BinaryPrimitives.ReadHalfLittleEndian(element),
        CheckpointElementType.BF16 => BitConverter.UInt32BitsToSingle((uint)BinaryPrimitives.ReadUInt16LittleEndian(element) << 16),
        CheckpointElementType.I64 => BinaryPrimitives.ReadInt64LittleEndian(element),
        CheckpointElementType.I32 => BinaryPrimitives.ReadInt32LittleEndian(element),
        CheckpointElementType.I16 => BinaryPrimitives.ReadInt16LittleEndian(element),
        CheckpointElementType.I8 => (sbyte)element[0],
        CheckpointElementType.U8 => element[0],
        _ => element[0] == 0 ? 0f : 1f,
    };
}
