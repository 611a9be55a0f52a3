namespace OnnxChat.Evaluation.Confidence;

/// <summary>Whether a model's confidence tells its correct replies from its wrong ones.</summary>
/// <param name="Separation">
/// Probability that a correct reply has a higher confidence than a wrong one, ties counted half (area under the ROC
/// curve): 1 tells all apart, 0.5 none. Null where all replies are correct, or none.
/// </param>
/// <param name="Groups">Replies in groups of equal size, least confident first.</param>
public sealed record ConfidenceQuality(double? Separation, IReadOnlyList<ConfidenceGroup> Groups)
{
    private const int MostGroups = 10;
    private const int LeastInGroup = 5;

    /// <summary>Measures replies.</summary>
    /// <param name="replies">Confidence and correctness of each.</param>
    public static ConfidenceQuality Of(IEnumerable<(double Confidence, bool Correct)> replies)
    {
        var sorted = replies.OrderBy(r => r.Confidence).ToArray();
        return new ConfidenceQuality(MeasureSeparation(sorted), Divide(sorted));
    }

    // Mann-Whitney: pairs of a correct and a wrong reply in the right order, of all such pairs.
    private static double? MeasureSeparation((double Confidence, bool Correct)[] sorted)
    {
        double ordered = 0, wrongBelow = 0, correct = 0;
        for (var start = 0; start < sorted.Length;)
        {
            double tiedCorrect = 0, tiedWrong = 0;
            var confidence = sorted[start].Confidence;
            for (; start < sorted.Length && sorted[start].Confidence.Equals(confidence); start++)
            {
                if (sorted[start].Correct)
                    tiedCorrect++;
                else
                    tiedWrong++;
            }

            ordered += tiedCorrect * (wrongBelow + (tiedWrong / 2));
            wrongBelow += tiedWrong;
            correct += tiedCorrect;
        }

        return correct == 0 || wrongBelow == 0 ? null : ordered / (correct * wrongBelow);
    }

    private static List<ConfidenceGroup> Divide((double Confidence, bool Correct)[] sorted)
    {
        var count = Math.Clamp(sorted.Length / LeastInGroup, 1, MostGroups);
        var groups = new List<ConfidenceGroup>(count);
        for (var group = 0; group < count; group++)
        {
            var members = sorted[(sorted.Length * group / count)..(sorted.Length * (group + 1) / count)];
            if (members.Length > 0)
                groups.Add(new ConfidenceGroup(members[0].Confidence, members[^1].Confidence, members.Length, members.Count(m => m.Correct)));
        }

        return groups;
    }
}
