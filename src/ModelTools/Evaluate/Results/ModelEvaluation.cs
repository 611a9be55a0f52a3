using OnnxChat.Evaluation;
using OnnxChat.Evaluation.Confidence;
using OnnxChat.ModelTools.Evaluate.Models;

namespace OnnxChat.ModelTools.Evaluate.Results;

/// <summary>How one model did.</summary>
/// <param name="Model">The model and its template.</param>
/// <param name="Conversations">Every conversation, in the input's order.</param>
/// <param name="Speed">How fast it answered.</param>
internal sealed record ModelEvaluation(EvaluationModel Model, IReadOnlyList<EvaluatedConversation> Conversations, GenerationSpeed Speed)
{
    /// <summary>All conversations together.</summary>
    public ScoreSummary Overall { get; } = ScoreSummary.Of(Conversations.Select(c => c.Scores));

    /// <summary>Each language that occurs.</summary>
    public IReadOnlyList<(TextLanguage Language, ScoreSummary Summary)> Languages { get; } =
        [.. Conversations.GroupBy(c => c.Language).OrderBy(g => g.Key).Select(g => (g.Key, ScoreSummary.Of(g.Select(c => c.Scores))))];

    /// <summary>Whether confidence tells correct replies from wrong ones.</summary>
    public ConfidenceQuality Confidence { get; } = ConfidenceQuality.Of(Conversations.Select(c => (c.Scores.Confidence, c.Correct)));

    /// <summary>What customers get: right answers, wrong ones, or a person.</summary>
    public IReadOnlyList<AnsweringGroup> Answering { get; } = AnsweringGroup.Create(Conversations);

    /// <summary>Whether replies have a calibrated score; otherwise they go by the model's own probability, and all stand.</summary>
    public bool IsCalibrated => Conversations[0].Confidence.Score is not null;

    /// <summary>Share of correct replies, 0 to 1.</summary>
    public double Correct => (double)Conversations.Count(c => c.Correct) / Conversations.Count;
}
