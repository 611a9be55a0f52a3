namespace OnnxChat.ModelTools.Evaluate;

/// <summary>How far an evaluation is.</summary>
/// <param name="What">What is done now.</param>
/// <param name="Share">Share of it that is done, 0 to 1.</param>
internal readonly record struct EvaluationStage(string What, double Share);
