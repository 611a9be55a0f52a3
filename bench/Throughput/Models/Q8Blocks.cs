using System.Buffers.Binary;

namespace OnnxChat.Throughput.Models;

/// <summary>ggml's q8_0: blocks of 32 values, a 16-bit scale and 32 signed bytes each.</summary>
internal static class Q8Blocks
{
    public const int Values = 32;
    public const int Bytes = 34;

    /// <summary>Quantizes whole blocks, to the largest absolute value of each, as ggml does.</summary>
    public static byte[] Quantize(float[] values)
    {
        if (values.Length % Values != 0)
            throw new ArgumentException($"{values.Length} values are no whole number of q8_0 blocks of {Values}; write them as f32.", nameof(values));
        var blocks = new byte[values.Length / Values * Bytes];
        Parallel.For(0, values.Length / Values, block =>
        {
            var source = values.AsSpan(block * Values, Values);
            var target = blocks.AsSpan(block * Bytes, Bytes);
            var largest = 0f;
            foreach (var value in source)
                largest = Math.Max(largest, Math.Abs(value));
            var scale = largest / 127;
            var inverse = scale == 0 ? 0 : 1 / scale;
            BinaryPrimitives.WriteHalfLittleEndian(target, (Half)scale);
            for (var i = 0; i < Values; i++)
                target[2 + i] = (byte)(sbyte)MathF.Round(source[i] * inverse, MidpointRounding.AwayFromZero);
        });
        return blocks;
    }
}
