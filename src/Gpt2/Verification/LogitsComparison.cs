using System.Numerics.Tensors;
using OnnxChat.Gpt2.Export;

namespace OnnxChat.Gpt2.Verification;

/// <summary>Gathers how far a written model's logits are from those of <see cref="ForwardPass"/>.</summary>
public sealed class LogitsComparison
{
    private int _prompts;
    private int _positions;
    private double _maxDifference;
    private double _divergences;
    private int _agreements;

    /// <summary>What was measured so far; all zero before the first position.</summary>
    public VerificationResult Result => new(
        _prompts,
        _positions,
        _maxDifference,
        _positions == 0 ? 0 : _divergences / _positions,
        _positions == 0 ? 0 : (double)_agreements / _positions);

    /// <summary>Counts a prompt; its positions follow.</summary>
    public void BeginPrompt() => _prompts++;

    /// <summary>Compares the logits of one position.</summary>
    /// <param name="expected">From the weights.</param>
    /// <param name="actual">From the written model; as many.</param>
    /// <exception cref="InvalidDataException">A logit is not a number.</exception>
    public void Add(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
    {
        if (expected.Length != actual.Length || expected.IsEmpty)
            throw new ArgumentException($"The model gives {actual.Length} logits where the weights give {expected.Length}.", nameof(actual));

        var expectedNormalizer = LogSumOfExponentials(expected);
        var actualNormalizer = LogSumOfExponentials(actual);
        double divergence = 0;
        for (var i = 0; i < expected.Length; i++)
        {
            var logProbability = expected[i] - expectedNormalizer;
            divergence += Math.Exp(logProbability) * (logProbability - (actual[i] - actualNormalizer));
            _maxDifference = Math.Max(_maxDifference, Math.Abs((double)expected[i] - actual[i]));
        }

        if (!double.IsFinite(divergence))
            throw new InvalidDataException($"Position {_positions} of the verification has logits that are not numbers. The checkpoint's weights or the written model are damaged.");

        _positions++;
        if (TensorPrimitives.IndexOfMax(expected) == TensorPrimitives.IndexOfMax(actual))
            _agreements++;
        _divergences += Math.Max(divergence, 0);
    }

    private static double LogSumOfExponentials(ReadOnlySpan<float> logits)
    {
        double largest = TensorPrimitives.Max(logits), sum = 0;
        foreach (var logit in logits)
            sum += Math.Exp(logit - largest);
        return largest + Math.Log(sum);
    }
}
