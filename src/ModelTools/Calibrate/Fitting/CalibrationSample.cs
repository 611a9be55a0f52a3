namespace OnnxChat.ModelTools.Calibrate.Fitting;

/// <summary>A validation question as the combination sees it.</summary>
/// <param name="Group">Questions of one group are in one fold.</param>
/// <param name="Language"><c>en</c> or <c>zh</c>.</param>
/// <param name="Features">See <see cref="Connector.Confidence.ConfidenceFeatures.Of"/>.</param>
/// <param name="Right">Whether the reply is right.</param>
internal sealed record CalibrationSample(string Group, string Language, double[] Features, bool Right);
