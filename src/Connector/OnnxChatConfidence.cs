namespace OnnxChat.Connector;

/// <summary>
/// How sure the model was of a reply, by its own probabilities: the softmax of the logits as they are, before temperature,
/// top-k, top-p and penalties. In the metadata of every complete reply under <c>OnnxChat.Confidence</c>.
/// </summary>
/// <remarks>A sign, not a measure of truth: compare it with replies of known quality before a decision hangs on it.</remarks>
public sealed class OnnxChatConfidence
{
    /// <summary>Creates the figures of a reply.</summary>
    /// <param name="meanLogProbability">Mean log-probability of the reply's tokens.</param>
    /// <param name="minLogProbability">Log-probability of the least likely token.</param>
    /// <param name="firstTokenEntropy">Entropy of the choice of the first token.</param>
    public OnnxChatConfidence(double meanLogProbability, double minLogProbability, double firstTokenEntropy)
    {
        MeanLogProbability = meanLogProbability;
        MinLogProbability = minLogProbability;
        FirstTokenEntropy = firstTokenEntropy;
    }

    /// <summary>Mean log-probability of the tokens generated, the end token included.</summary>
    /// <value>Nats, 0 (certain) or below. Its exponential is the geometric mean of the probabilities.</value>
    public double MeanLogProbability { get; }

    /// <summary>Log-probability of the least likely of the tokens generated.</summary>
    /// <value>Nats, 0 or below.</value>
    public double MinLogProbability { get; }

    /// <summary>Shannon entropy of the distribution that the first token was chosen from.</summary>
    /// <value>Nats, 0 (certain) to the logarithm of the vocabulary's size (no idea).</value>
    public double FirstTokenEntropy { get; }
}
