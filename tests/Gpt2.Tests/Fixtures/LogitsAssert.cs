using System.Numerics.Tensors;

namespace OnnxChat.Gpt2.Tests.Fixtures;

/// <summary>Comparisons of logits.</summary>
internal static class LogitsAssert
{
    public static void Near(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, float tolerance, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            // Written so that NaN fails.
            if (!(MathF.Abs(expected[i] - actual[i]) <= tolerance))
                Assert.Fail($"{what}: logit {i} is {actual[i]}, not {expected[i]} within {tolerance}.");
        }
    }

    /// <summary>The Kullback-Leibler divergence of softmax(actual) from softmax(expected), in nats.</summary>
    public static double Divergence(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
    {
        var p = new float[expected.Length];
        var q = new float[actual.Length];
        TensorPrimitives.SoftMax(expected, p);
        TensorPrimitives.SoftMax(actual, q);
        var sum = 0.0;
        for (var i = 0; i < p.Length; i++)
            sum += p[i] == 0 ? 0 : p[i] * Math.Log((double)p[i] / q[i]);
        return sum;
    }
}
