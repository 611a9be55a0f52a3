using OnnxChat.Connector.Generation;

namespace OnnxChat.Connector;

/// <summary>
/// How sure the model was of a reply, by its own probabilities: the softmax of the logits as they are, before temperature,
/// top-k, top-p and penalties; and, where <c>onnxchat calibrate</c> was run on the model folder, how likely the reply is
/// right. In the metadata of every complete reply under <c>OnnxChat.Confidence</c>, of a stream in its last update.
/// </summary>
/// <remarks>
/// The model's own figures are a sign, not a measure of truth. <see cref="Score"/> is measured: on the questions that the
/// calibration was made with, and as good as those are like the questions that are asked.
/// </remarks>
public sealed class OnnxChatConfidence
{
    /// <summary>The key of a reply's metadata under which its confidence is: <c>OnnxChat.Confidence</c>.</summary>
    public const string MetadataKey = "OnnxChat.Confidence";

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

    /// <summary>What the model by itself thinks of the known answers.</summary>
    internal HintedChoice Choice { get; init; } = HintedChoice.None;

    /// <summary>Probability that the reply is right, calibrated on questions with known answers.</summary>
    /// <value>0 to 1; null where the model folder has no calibration.</value>
    public double? Score { get; init; }

    /// <summary>The score from which the model folder lets replies stand, for the language of the question.</summary>
    /// <value>0 (all stand) or above; above 1 none does. Null where <see cref="Score"/> is.</value>
    public double? Threshold { get; init; }

    /// <summary>Whether the reply should go to a person instead of the customer.</summary>
    /// <value>True where <see cref="Score"/> is below <see cref="Threshold"/>; false without a calibration.</value>
    public bool BelowThreshold => Score < Threshold;
}
