using System.Numerics.Tensors;

namespace OnnxChat.Connector.Generation;

/// <summary>Adds up how sure the model was of a reply's tokens.</summary>
internal sealed class ConfidenceMeter
{
    // Small enough for the first cache, large enough that the calls do not count.
    private const int Block = 1024;

    private double _sum;
    private double _least;
    private double _firstEntropy;
    private int _tokens;

    /// <summary>What the tokens observed so far give.</summary>
    /// <param name="choice">Which of the hinted replies it is.</param>
    public OnnxChatConfidence Confidence(HintedChoice choice) => new(_sum / Math.Max(1, _tokens), _least, _firstEntropy) { Choice = choice };

    /// <summary>Observes the choice of a token.</summary>
    /// <param name="logits">As the model gave them.</param>
    /// <param name="token">The token chosen.</param>
    /// <returns>The token's log-probability, in nats, 0 or below.</returns>
    public double Observe(ReadOnlySpan<float> logits, int token)
    {
        var largest = TensorPrimitives.Max(logits);
        var (sum, weighted) = Sum(logits, largest, _tokens == 0);
        var logSum = Math.Log(sum);
        var logProbability = Math.Min(0, logits[token] - largest - logSum);
        if (_tokens == 0)
            _firstEntropy = Math.Max(0, logSum - (weighted / sum));
        _least = Math.Min(_least, logProbability);
        _sum += logProbability;
        _tokens++;
        return logProbability;
    }

    /// <returns>The sum of exp(x), and of x exp(x) where it is asked for, with x the distance from the largest logit.</returns>
    private static (double Sum, double Weighted) Sum(ReadOnlySpan<float> logits, float largest, bool weighted)
    {
        Span<float> distances = stackalloc float[Block];
        Span<float> exponentials = stackalloc float[Block];
        double sum = 0, product = 0;
        for (var at = 0; at < logits.Length; at += Block)
        {
            var part = logits.Slice(at, Math.Min(Block, logits.Length - at));
            var distance = distances[..part.Length];
            var exponential = exponentials[..part.Length];
            TensorPrimitives.Subtract(part, largest, distance);
            TensorPrimitives.Exp(distance, exponential);
            sum += TensorPrimitives.Sum<float>(exponential);
            if (weighted)
                product += TensorPrimitives.Dot<float>(distance, exponential);
        }

        return (sum, product);
    }
}
