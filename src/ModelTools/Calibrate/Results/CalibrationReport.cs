using OnnxChat.Connector.Confidence;
using OnnxChat.Evaluation.Confidence;
using OnnxChat.ModelTools.Calibrate.Fitting;
using OnnxChat.ModelTools.Evaluate.Results;

namespace OnnxChat.ModelTools.Calibrate.Results;

/// <summary>What a calibration found; every figure is of scores that were fitted to other questions.</summary>
/// <param name="Model">The model's name.</param>
/// <param name="Request">What was asked.</param>
/// <param name="Fit">What was written.</param>
/// <param name="Own">The same with the model's own figures alone.</param>
/// <param name="Replies">Each validation question.</param>
/// <param name="Index">Null for none.</param>
/// <param name="IndexBytes">Bytes of its file.</param>
/// <param name="Lookup">Mean time that the index takes for a question.</param>
/// <param name="Guidance">Share of right replies by how much the index weighs in while they begin; the best was written.</param>
internal sealed record CalibrationReport(
    string Model, CalibrateRequest Request, CalibrationFit Fit, CalibrationFit Own, IReadOnlyList<JudgedReply> Replies, QuestionIndex? Index, long IndexBytes, TimeSpan Lookup,
    IReadOnlyList<(double Strength, double Right)> Guidance)
{
    /// <summary>All questions, then each language's, in scope and out of it.</summary>
    public IReadOnlyList<ReplyGroup> Groups { get; } = CreateGroups(Fit, Own, Replies, Index is not null);

    /// <summary>Probability that a right reply has a higher score than a wrong one.</summary>
    public double? Separation { get; } = SeparationOf(Fit, Replies);

    /// <summary>The same of the model's own figures.</summary>
    public double? OwnSeparation { get; } = SeparationOf(Own, Replies);

    /// <summary>Replies in groups of about the same score: what was promised, and what was right.</summary>
    public IReadOnlyList<ConfidenceGroup> Reliability { get; } = ConfidenceQuality.Of(Replies.Select((r, i) => (Fit.Scores[i], r.Right))).Groups;

    private static List<ReplyGroup> CreateGroups(CalibrationFit fit, CalibrationFit own, IReadOnlyList<JudgedReply> replies, bool withIndex)
    {
        var groups = new List<ReplyGroup>();
        Add("all", _ => true);
        foreach (var language in replies.Select(r => r.Language).Distinct().Order(StringComparer.Ordinal))
        {
            foreach (var declined in new[] { false, true })
                Add(AnsweringGroup.NameOf(language, declined), r => r.Language == language && r.Conversation.Declined == declined);
        }

        return groups;

        void Add(string name, Func<JudgedReply, bool> belongs)
        {
            var members = Enumerable.Range(0, replies.Count).Where(i => belongs(replies[i])).ToList();
            if (members.Count > 0)
            {
                groups.Add(new ReplyGroup(
                    name,
                    members.Count,
                    Share(members, i => replies[i].Right),
                    withIndex ? Share(members, i => replies[i].IndexRight) : null,
                    AtThreshold(fit, replies, members),
                    AtThreshold(own, replies, members),
                    Share(members, i => replies[i].Refused || !Stands(fit, replies, i))));
            }
        }
    }

    private static AnswerCurvePoint AtThreshold(CalibrationFit fit, IReadOnlyList<JudgedReply> replies, List<int> members) => new(
        fit.Entry.Threshold,
        Share(members, i => Stands(fit, replies, i) && replies[i].Right),
        Share(members, i => Stands(fit, replies, i) && !replies[i].Right));

    private static bool Stands(CalibrationFit fit, IReadOnlyList<JudgedReply> replies, int i) =>
        fit.Scores[i] >= fit.Entry.LanguageThresholds.GetValueOrDefault(replies[i].Language, fit.Entry.Threshold);

    private static double Share(List<int> members, Func<int, bool> counts) => (double)members.Count(counts) / members.Count;

    private static double? SeparationOf(CalibrationFit fit, IReadOnlyList<JudgedReply> replies) =>
        ConfidenceQuality.Of(replies.Select((r, i) => (fit.Scores[i], r.Right))).Separation;
}
