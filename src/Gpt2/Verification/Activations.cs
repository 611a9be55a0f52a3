using System.Numerics.Tensors;

namespace OnnxChat.Gpt2.Verification;

/// <summary>The feed-forward layer's activations, in place.</summary>
internal static class Activations
{
    public static void Apply(Gpt2Activation activation, float[] values)
    {
        if (activation == Gpt2Activation.Relu)
        {
            TensorPrimitives.Max(values, 0f, values);
            return;
        }

        Func<float, float> function = activation == Gpt2Activation.GeluNew ? GeluNew : Gelu;
        const int part = 1 << 14;
        Parallel.For(0, (values.Length + part - 1) / part, index =>
        {
            foreach (ref var value in values.AsSpan(index * part, Math.Min(part, values.Length - (index * part))))
                value = function(value);
        });
    }

    private static float GeluNew(float x) =>
        0.5f * x * (1 + MathF.Tanh(MathF.Sqrt(2 / MathF.PI) * (x + (0.044715f * x * x * x))));

    private static float Gelu(float x) => (float)(0.5 * x * (1 + ErrorFunction(x / Math.Sqrt(2))));

    /// <summary>
    /// erf by its Taylor series below 3 and 1 - erfc by its continued fraction from there on (Abramowitz and Stegun
    /// 7.1.5, 7.1.14); exact to 1e-12.
    /// </summary>
    private static double ErrorFunction(double x)
    {
        var size = Math.Abs(x);
        return size < 3 ? Series(x) : Math.CopySign(1 - Tail(size), x);
    }

    private static double Series(double x)
    {
        double term = x, sum = x;
        for (var n = 1; Math.Abs(term) > 1e-17; n++)
        {
            term *= -x * x / n;
            sum += term / ((2 * n) + 1);
        }

        return 2 / Math.Sqrt(Math.PI) * sum;
    }

    private static double Tail(double x)
    {
        const int depth = 60;
        var fraction = x;
        for (var k = depth; k > 0; k--)
            fraction = x + (k / 2.0 / fraction);
        return Math.Exp(-x * x) / Math.Sqrt(Math.PI) / fraction;
    }
}
