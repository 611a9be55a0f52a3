using System.Numerics.Tensors;

namespace OnnxChat.Gpt2.Export.Graph;

/// <summary>Symmetric 4-bit quantization by blocks, as MatMulNBits reads it (zero point 8, two a byte).</summary>
internal sealed class Int4Quantizer : IBlockQuantizer
{
    private const int LargestBlock = 32;
    private const int SmallestBlock = 16;
    private const int ZeroPoint = 8;
    private const int Smallest = -8;
    private const int Largest = 7;

    // Where the weight of largest magnitude is put. At -8 it is exact and the steps are widest; past it, it is cut off and
    // the others are finer. Which is best differs from block to block.
    private static readonly float[] Peaks = [-8, -7.5f, -8.5f, -7, -9];

    public int Bits => 4;

    public int BlockFor(int width, string what) =>
        width % LargestBlock == 0 ? LargestBlock
        : width % SmallestBlock == 0 ? SmallestBlock
        : throw new NotSupportedException($"The model's {what} is {width}, which no block of 16 or 32 divides, so it has no int4 form. Write it as f32 instead.");

    public QuantizedRows Quantize(float[] rows, int columns, int block)
    {
        var values = new byte[rows.Length / 2];
        var scales = new float[rows.Length / block];
        var blocksPerRow = columns / block;
        Parallel.For(0, rows.Length / columns, row =>
        {
            Span<int> integers = stackalloc int[LargestBlock];
            for (var i = row * blocksPerRow; i < (row + 1) * blocksPerRow; i++)
            {
                var weights = rows.AsSpan(i * block, block);
                var scale = scales[i] = BestScale(weights);
                Round(weights, scale, integers);
                Pack(integers[..block], values.AsSpan(i * block / 2, block / 2));
            }
        });
        return new QuantizedRows(values, scales);
    }

    private static float BestScale(ReadOnlySpan<float> weights)
    {
        var peak = TensorPrimitives.MaxMagnitude(weights);
        Span<int> integers = stackalloc int[LargestBlock];
        var (best, leastError) = (0f, float.PositiveInfinity);
        foreach (var at in Peaks)
        {
            var scale = peak / at;
            Round(weights, scale, integers);
            float error = 0;
            for (var i = 0; i < weights.Length; i++)
            {
                var difference = weights[i] - (integers[i] * scale);
                error += difference * difference;
            }

            if (error < leastError)
                (best, leastError) = (scale, error);
        }

        return best;
    }

    private static void Round(ReadOnlySpan<float> weights, float scale, Span<int> integers)
    {
        var inverse = scale == 0 ? 0 : 1 / scale;
        for (var i = 0; i < weights.Length; i++)
            integers[i] = Math.Clamp((int)MathF.Round(weights[i] * inverse), Smallest, Largest);
    }

    private static void Pack(ReadOnlySpan<int> integers, Span<byte> values)
    {
        for (var i = 0; i < values.Length; i++)
            values[i] = (byte)((integers[2 * i] + ZeroPoint) | ((integers[(2 * i) + 1] + ZeroPoint) << 4));
    }
}
