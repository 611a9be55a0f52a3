using OnnxChat.Evaluation.Confidence;

namespace OnnxChat.ModelTools.Calibrate.Results;

/// <summary>How questions of one kind fare. Shares are of the group's questions, 0 to 1.</summary>
/// <param name="Name">Language and scope.</param>
/// <param name="Questions">How many.</param>
/// <param name="ModelRight">Share that the model answers right.</param>
/// <param name="IndexRight">Share that the index alone would answer right; null without an index.</param>
/// <param name="AtThreshold">What customers get with the calibration.</param>
/// <param name="OwnAtThreshold">What they would get with the model's own figures, calibrated to the same bound.</param>
/// <param name="RefusedOrHandedOver">Share that gets a refusal, or a person.</param>
internal sealed record ReplyGroup(
    string Name, int Questions, double ModelRight, double? IndexRight, AnswerCurvePoint AtThreshold, AnswerCurvePoint OwnAtThreshold, double RefusedOrHandedOver);
