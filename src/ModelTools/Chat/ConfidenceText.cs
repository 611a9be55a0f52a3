using System.Globalization;
using OnnxChat.Connector;

namespace OnnxChat.ModelTools.Chat;

/// <summary>Says in words how sure a model was of a reply.</summary>
internal static class ConfidenceText
{
    public static string Of(OnnxChatConfidence confidence) => string.Create(
        CultureInfo.InvariantCulture,
        $"confidence: mean log-probability {confidence.MeanLogProbability:0.000}: it gave its tokens a probability of {100 * Math.Exp(confidence.MeanLogProbability):0.#} % (geometric mean), the least likely {100 * Math.Exp(confidence.MinLogProbability):0.#} %. 0 is certain; that it is sure does not make it right.") + Score(confidence);

    private static string Score(OnnxChatConfidence confidence) => confidence is { Score: { } score, Threshold: { } threshold }
        ? string.Create(CultureInfo.InvariantCulture, $" Score: {100 * score:0} % likely right, {(confidence.BelowThreshold ? "below" : "not below")} the threshold of {100 * threshold:0} %{(confidence.BelowThreshold ? ", so a bot would hand over" : "")}.")
        : "";
}
