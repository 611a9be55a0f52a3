using OnnxChat.Connector.Generation;

namespace OnnxChat.Connector.Tests.Generation;

public class ConfidenceMeterTests
{
    [Fact]
    public void Observe_AnyLogits_GivesTheLogSoftmaxOfTheToken()
    {
        var random = new Random(7);
        foreach (var size in new[] { 2, 1023, 1024, 1025, 5000 })
        {
            var logits = Enumerable.Range(0, size).Select(_ => (random.NextSingle() * 40) - 20).ToArray();
            var sum = logits.Sum(l => Math.Exp(l));

            Assert.Equal(logits[1] - Math.Log(sum), new ConfidenceMeter().Observe(logits, 1), 1e-5);
        }
    }

    [Fact]
    public void Confidence_SeveralTokens_HasMeanAndLeastAndTheFirstTokensEntropy()
    {
        var meter = new ConfidenceMeter();
        float[] even = [3, 3, 3, 3];
        float[] certain = [100, 0, 0, 0];

        meter.Observe(even, 2);
        meter.Observe(certain, 0);

        Assert.Equal(-Math.Log(4) / 2, meter.Confidence(HintedChoice.None).MeanLogProbability, 1e-6);
        Assert.Equal(-Math.Log(4), meter.Confidence(HintedChoice.None).MinLogProbability, 1e-6);
        Assert.Equal(Math.Log(4), meter.Confidence(HintedChoice.None).FirstTokenEntropy, 1e-6);
    }

    [Theory]
    [InlineData(1e30f)]
    [InlineData(-1e30f)]
    public void Observe_ExtremeLogits_StaysFinite(float shift)
    {
        var meter = new ConfidenceMeter();

        Assert.Equal(-Math.Log(3), meter.Observe([shift, shift, shift], 1), 1e-6);
        Assert.Equal(Math.Log(3), meter.Confidence(HintedChoice.None).FirstTokenEntropy, 1e-6);
    }
}
