namespace OnnxChat.Evaluation.Confidence;

/// <summary>How right answers are gained, and wrong ones risked, as the threshold sinks.</summary>
public sealed class AnswerCurve
{
    private const int MostPoints = 100;

    private readonly (double Score, bool Right)[] _replies;

    private AnswerCurve((double Score, bool Right)[] replies)
    {
        _replies = replies;
        Points = Thin(replies.Select(r => r.Score).Distinct().ToList()).ConvertAll(At);
    }

    /// <summary>From the highest threshold that lets a reply stand to the one that lets all; at most 100.</summary>
    public IReadOnlyList<AnswerCurvePoint> Points { get; }

    /// <summary>Measures replies.</summary>
    /// <param name="replies">Score and correctness of each.</param>
    public static AnswerCurve Of(IEnumerable<(double Score, bool Right)> replies) => new([.. replies.OrderByDescending(r => r.Score)]);

    /// <summary>What a threshold gives; nothing at all without replies.</summary>
    public AnswerCurvePoint At(double threshold)
    {
        int right = 0, wrong = 0;
        foreach (var reply in _replies)
        {
            if (reply.Score < threshold)
                break;
            right += reply.Right ? 1 : 0;
            wrong += reply.Right ? 0 : 1;
        }

        double all = Math.Max(1, _replies.Length);
        return new AnswerCurvePoint(threshold, right / all, wrong / all);
    }

    private static List<double> Thin(List<double> scores) => scores.Count <= MostPoints
        ? scores
        : [.. Enumerable.Range(0, MostPoints).Select(i => scores[(int)((long)i * (scores.Count - 1) / (MostPoints - 1))])];
}
