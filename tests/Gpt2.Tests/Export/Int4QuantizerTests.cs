using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using OnnxChat.Gpt2.Export.Graph;

namespace OnnxChat.Gpt2.Tests.Export;

public sealed class Int4QuantizerTests
{
    private readonly Int4Quantizer _quantizer = new();

    [Theory]
    [InlineData(768, 32)]
    [InlineData(1600, 32)]
    [InlineData(48, 16)]
    public void BlockFor_Width_IsTheLargestThatDividesIt(int width, int block) => Assert.Equal(block, _quantizer.BlockFor(width, "width"));

    [Fact]
    public void BlockFor_WidthNoBlockDivides_NamesTheWidthAndTheWayOut()
    {
        var error = Assert.Throws<NotSupportedException>(() => _quantizer.BlockFor(40, "width (n_embd)"));

        Assert.Contains("width (n_embd) is 40", error.Message, StringComparison.Ordinal);
        Assert.Contains("f32", error.Message, StringComparison.Ordinal);
    }

    [Property]
    public Property Quantize_AnyWeights_IsNoWorseThanFullRangeRounding() => Prop.ForAll(
        Gen.Choose(-100_000, 100_000).Select(value => value / 1000f).ArrayOf(32).ToArbitrary(),
        weights =>
        {
            var (values, scales) = _quantizer.Quantize(weights, columns: 32, block: 16);
            return Enumerable.Range(0, 2).All(block =>
            {
                var ours = weights.Skip(block * 16).Take(16).ToArray();
                var plain = ours.MaxBy(MathF.Abs) / -8;
                return Error(ours, i => Weight(values, scales, (block * 16) + i))
                    <= Error(ours, i => plain == 0 ? 0 : Math.Clamp(MathF.Round(ours[i] / plain), -8, 7) * plain) * 1.0001;
            });
        });

    [Fact]
    public void Quantize_WholeMultiplesOfAStep_AreExact()
    {
        // The weight of largest magnitude is -8 steps.
        float[] weights = [-4, 3.5f, 0, 0.5f, -0.5f, 1, -1, 2, -2, 3, -3, 1.5f, -1.5f, 2.5f, -2.5f, 0];

        var (values, scales) = _quantizer.Quantize(weights, columns: 16, block: 16);

        Assert.Equal(weights, Enumerable.Range(0, 16).Select(i => Weight(values, scales, i)));
        Assert.Equal(8, values.Length);
    }

    [Fact]
    public void Quantize_BlockOfZeros_IsTheZeroPoint()
    {
        var (values, scales) = _quantizer.Quantize(new float[16], columns: 16, block: 16);

        Assert.All(values, value => Assert.Equal(0x88, value));
        Assert.Equal(0, Assert.Single(scales));
    }

    private static float Weight(byte[] values, float[] scales, int index) =>
        (((values[index / 2] >> (index % 2 * 4)) & 15) - 8) * scales[index / 16];

    private static double Error(float[] weights, Func<int, float> approximation) =>
        weights.Select((weight, i) => Math.Pow(weight - approximation(i), 2)).Sum();
}
