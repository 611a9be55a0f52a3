namespace OnnxChat.Connector.Confidence;

/// <summary>What share of replies was right where the combination gave these log-odds.</summary>
/// <param name="LogOdds">Log-odds of the combination.</param>
/// <param name="Probability">Share that was right, above 0 and below 1.</param>
internal sealed record CalibrationPoint(double LogOdds, double Probability);
