using System.Text.Json.Serialization;
using OnnxChat.Connector;

namespace OnnxChat.ModelTools.Generate;

/// <summary>How sure the model was of the tokens of an answer, as <see cref="OnnxChatConfidence"/> defines it.</summary>
/// <param name="MeanLogProbability">Nats, 0 or below.</param>
/// <param name="MinLogProbability">Nats, 0 or below.</param>
/// <param name="FirstTokenEntropy">Nats, 0 or above.</param>
/// <param name="Score">Probability that the answer is right; null where the model is not calibrated.</param>
internal sealed record ConfidenceFigures(
    double MeanLogProbability,
    double MinLogProbability,
    double FirstTokenEntropy,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Score)
{
    public static ConfidenceFigures Of(OnnxChatConfidence confidence) =>
        new(confidence.MeanLogProbability, confidence.MinLogProbability, confidence.FirstTokenEntropy, confidence.Score);
}
