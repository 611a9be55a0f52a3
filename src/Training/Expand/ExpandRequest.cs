namespace OnnxChat.Training.Expand;

/// <summary>What <c>onnxchat-train expand</c> is asked to do.</summary>
/// <param name="Folder">The folder of patterns.</param>
/// <param name="Variants">The most samples of a pattern.</param>
/// <param name="AllAnswers">Whether every wording of an answer is used, or the first only.</param>
/// <param name="Wrapped">How many of the further variants stand within a wrapper, 0 to 1.</param>
/// <param name="Seed">What chance begins with.</param>
internal sealed record ExpandRequest(string Folder, int Variants = 4, bool AllAnswers = false, double Wrapped = 0.3, int Seed = 1);
