using System.Globalization;
using OnnxChat.Connector;

namespace OnnxChat.ModelTools.Chat;

/// <summary>Says in words how sure a model was of a reply.</summary>
internal static class ConfidenceText
{
    public static string Of(OnnxChatConfidence confidence) => string.Create(
        CultureInfo.InvariantCulture,
        $"confidence: mean log-probability {confidence.MeanLogProbability:0.000}: it gave its tokens a probability of {100 * Math.Exp(confidence.MeanLogProbability):0.#} % (geometric mean), the least likely {100 * Math.Exp(confidence.MinLogProbability):0.#} %. 0 is certain; that it is sure does not make it right.");
}
