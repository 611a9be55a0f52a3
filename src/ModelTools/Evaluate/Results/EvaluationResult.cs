using OnnxChat.ModelTools.Evaluate.Conversations;

namespace OnnxChat.ModelTools.Evaluate.Results;

/// <summary>What an evaluation found.</summary>
/// <param name="Request">What was asked.</param>
/// <param name="Models">One model, or two.</param>
/// <param name="BadLines">Lines that were not measured, by number.</param>
/// <param name="MeasuredAt">When, in UTC.</param>
internal sealed record EvaluationResult(EvaluateRequest Request, IReadOnlyList<ModelEvaluation> Models, IReadOnlyList<BadLine> BadLines, DateTimeOffset MeasuredAt)
{
    /// <summary>The two models against each other; null for one.</summary>
    public ModelComparison? Comparison { get; } = Models.Count == 2 ? new ModelComparison(Models[0], Models[1]) : null;
}
