using OnnxChat.Evaluation.Comparison;

namespace OnnxChat.ModelTools.Evaluate.Results;

/// <summary>Two models on the same conversations.</summary>
/// <param name="First">The model that is.</param>
/// <param name="Second">The one that might take its place.</param>
internal sealed record ModelComparison(ModelEvaluation First, ModelEvaluation Second)
{
    /// <summary>Every metric, second less first.</summary>
    public IReadOnlyList<MetricDifference> Differences { get; } =
        PairedBootstrap.Compare([.. First.Conversations.Select(c => c.Scores)], [.. Second.Conversations.Select(c => c.Scores)]);

    /// <summary>What to heed when reading them; null for nothing.</summary>
    public string? Caution { get; } = First.Model.HasTokenizerOf(Second.Model)
        ? null
        : "The two have different tokenizers: compare their bits a byte, not their losses and perplexities, which are for each token.";

    /// <summary>What they say in plain words.</summary>
    public Verdict Verdict => new(First.Model.Label, Second.Model.Label, First.Conversations.Count, Differences);
}
