using OnnxChat.Evaluation.Confidence;

namespace OnnxChat.ModelTools.Evaluate.Results;

/// <summary>What customers with questions of one kind get.</summary>
/// <param name="Name">Language and scope.</param>
/// <param name="Questions">How many.</param>
/// <param name="Curve">What each threshold would give.</param>
/// <param name="AtThreshold">What the folder's thresholds give; without a calibration every reply stands.</param>
/// <param name="RefusedOrHandedOver">Share that gets a refusal, or a person, 0 to 1.</param>
internal sealed record AnsweringGroup(string Name, int Questions, AnswerCurve Curve, AnswerCurvePoint AtThreshold, double RefusedOrHandedOver)
{
    /// <summary>Groups conversations: all, then by the question's language, in scope and out of it.</summary>
    public static IReadOnlyList<AnsweringGroup> Create(IReadOnlyList<EvaluatedConversation> conversations)
    {
        var groups = new List<AnsweringGroup> { Of("all", [.. conversations]) };
        foreach (var kind in conversations.GroupBy(c => (c.QuestionLanguage, c.Conversation.Declined)).OrderBy(g => g.Key.QuestionLanguage).ThenBy(g => g.Key.Declined))
            groups.Add(Of(NameOf(kind.Key.QuestionLanguage, kind.Key.Declined), [.. kind]));
        return groups;
    }

    /// <summary>How a kind of questions is called.</summary>
    /// <param name="language">As the connector tells it.</param>
    /// <param name="declined">Whether the service cannot help.</param>
    public static string NameOf(string language, bool declined) => $"{language}, {(declined ? "out of scope" : "in scope")}";

    private static AnsweringGroup Of(string name, List<EvaluatedConversation> members)
    {
        double Share(Predicate<EvaluatedConversation> counts) => (double)members.FindAll(counts).Count / members.Count;
        var thresholds = members.Select(m => m.Confidence.Threshold ?? 0).Distinct().ToList();
        return new AnsweringGroup(
            name,
            members.Count,
            AnswerCurve.Of(members.Select(m => (m.Score, m.Right))),
            new AnswerCurvePoint(thresholds.Count == 1 ? thresholds[0] : double.NaN, Share(m => m.Right && !m.HandedOver), Share(m => !m.Right && !m.HandedOver)),
            Share(m => m.Refused || m.HandedOver));
    }
}
