using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using OnnxChat.Gpt2.Export.Graph;

namespace OnnxChat.Gpt2.Tests.Export;

public sealed class Int8QuantizerTests
{
    [Theory]
    [InlineData(768, 128)]
    [InlineData(1600, 64)]
    [InlineData(192, 32)]
    [InlineData(96, 16)]
    [InlineData(48, 16)]
    public void BlockFor_Width_IsTheLargestPowerOfTwoThatDividesItSixTimes(int width, int block) =>
        Assert.Equal(block, new Int8Quantizer().BlockFor(width, "width"));

    [Property]
    public Property Quantize_AnyWeights_IsWithinHalfAStep() => Prop.ForAll(
        Gen.Choose(-100_000, 100_000).Select(value => value / 1000f).ArrayOf(96).ToArbitrary(),
        weights =>
        {
            var quantized = new Int8Quantizer().Quantize(weights, columns: 48, block: 16);
            return Enumerable.Range(0, weights.Length).All(i =>
            {
                var scale = quantized.Scales[i / 16];
                return MathF.Abs(((quantized.Values[i] - 128) * scale) - weights[i]) <= (scale * 0.5001f) + 1e-6f;
            });
        });

    [Fact]
    public void Quantize_BlockOfZeros_IsTheZeroPoint()
    {
        var quantized = new Int8Quantizer().Quantize(new float[16], columns: 16, block: 16);

        Assert.All(quantized.Values, value => Assert.Equal(128, value));
        Assert.Equal([0f], quantized.Scales);
    }
}
