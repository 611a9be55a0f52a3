namespace OnnxChat.Connector.Confidence;

/// <summary>How a feature counts: <c>weight * (value - mean) / scale</c>.</summary>
/// <param name="Name">One of <see cref="ConfidenceFeatures.Names"/>.</param>
/// <param name="Mean">Its mean over the validation questions.</param>
/// <param name="Scale">Its standard deviation over them, above 0.</param>
/// <param name="Weight">Log-odds.</param>
internal sealed record FeatureWeight(string Name, double Mean, double Scale, double Weight);
