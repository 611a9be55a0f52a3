using System.Text.Json.Serialization;

namespace OnnxChat.Connector.Confidence;

/// <summary>The <c>confidence</c> of <c>onnxchat.json</c>, as <c>onnxchat calibrate</c> writes it.</summary>
internal sealed record ConfidenceEntry
{
    /// <summary>File of the index in the folder; null where the model's own figures are all.</summary>
    public string? Index { get; init; }

    /// <summary>How much the index weighs beside the model while a reply begins, see <see cref="ReplyGuidance"/>; 0 nothing.</summary>
    public double Guidance { get; init; }

    /// <summary>Most wrong answers that the thresholds let through, as a share of all questions.</summary>
    public double MaxWrong { get; init; }

    /// <summary>Replies with a lower score are to be handed over; above 1 all of them.</summary>
    [JsonRequired]
    public double Threshold { get; init; }

    /// <summary>Instead of <see cref="Threshold"/> for questions in a language, by its code.</summary>
    public IReadOnlyDictionary<string, double> LanguageThresholds { get; init; } = new Dictionary<string, double>();

    /// <summary>Log-odds of a reply whose features are all average.</summary>
    [JsonRequired]
    public double Bias { get; init; }

    /// <summary>What each feature adds to the log-odds.</summary>
    [JsonRequired]
    public IReadOnlyList<FeatureWeight> Features { get; init; } = [];

    /// <summary>Log-odds and the probability that was measured there, both rising; between them lines.</summary>
    [JsonRequired]
    public IReadOnlyList<CalibrationPoint> Calibration { get; init; } = [];
}
