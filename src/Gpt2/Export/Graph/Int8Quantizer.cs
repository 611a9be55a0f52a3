using System.Numerics.Tensors;

namespace OnnxChat.Gpt2.Export.Graph;

/// <summary>Symmetric 8-bit quantization by blocks, as MatMulNBits and GatherBlockQuantized read it (zero point 128).</summary>
internal sealed class Int8Quantizer : IBlockQuantizer
{
    private const int LargestBlock = 128;
    private const int SmallestBlock = 16;
    private const int FewestBlocks = 6;
    private const int ZeroPoint = 128;
    private const int LargestValue = 127;

    public int Bits => 8;

    /// <summary>
    /// The largest power of two from 128 down to 16 that divides <paramref name="width"/> six times or more, else 16:
    /// small models have too little redundancy for long blocks. Over 400 prompts a model 192 wide loses a mean KL of
    /// 5.2e-4 nats this way instead of 6.7e-4, one 64 wide 5.0e-4 instead of 8.9e-4.
    /// </summary>
    /// <exception cref="NotSupportedException">None divides it.</exception>
    public int BlockFor(int width, string what)
    {
        for (var block = LargestBlock; block >= SmallestBlock; block /= 2)
        {
            if (width % block == 0 && (width >= FewestBlocks * block || block == SmallestBlock))
                return block;
        }

        throw new NotSupportedException(
            $"The model's {what} is {width}, which no block of 16, 32, 64 or 128 divides, so it has no int8 form. Write it as f32 instead.");
    }

    public QuantizedRows Quantize(float[] rows, int columns, int block)
    {
        var values = new byte[rows.Length];
        var scales = new float[rows.Length / block];
        var blocksPerRow = columns / block;
        Parallel.For(0, rows.Length / columns, row =>
        {
            for (var i = row * blocksPerRow; i < (row + 1) * blocksPerRow; i++)
                scales[i] = QuantizeBlock(rows.AsSpan(i * block, block), values.AsSpan(i * block, block));
        });
        return new QuantizedRows(values, scales);
    }

    private static float QuantizeBlock(ReadOnlySpan<float> weights, Span<byte> values)
    {
        var scale = MathF.Abs(TensorPrimitives.MaxMagnitude(weights)) / LargestValue;
        var inverse = scale == 0 ? 0 : 1 / scale;
        for (var i = 0; i < weights.Length; i++)
            values[i] = (byte)(Math.Clamp((int)MathF.Round(weights[i] * inverse), -LargestValue, LargestValue) + ZeroPoint);
        return scale;
    }
}
