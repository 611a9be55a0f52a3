namespace OnnxChat.Connector.Confidence;

/// <summary>A question in the features of an index.</summary>
/// <param name="Features">Those that the index knows, in rising order.</param>
/// <param name="Norm">Length of the vector of their weights.</param>
/// <param name="SimilarityNorm">Length of the vector of the features for similarity, those that the index has never seen included.</param>
/// <param name="SeenShare">Share of the features for similarity that the index has seen, 0 to 1.</param>
internal readonly record struct QuestionVector(int[] Features, double Norm, double SimilarityNorm, double SeenShare);
