namespace OnnxChat.ModelTools.Calibrate.Fitting;

/// <summary>Chooses from which score on replies stand, so that few of all questions get a wrong answer.</summary>
internal static class ScoreThreshold
{
    /// <summary>A threshold that no score reaches.</summary>
    public const double Unreachable = 1.01;

    /// <summary>Whatever the bound, a reply that is more likely wrong than right does not stand.</summary>
    public const double Least = 0.5;

    /// <summary>
    /// The lowest threshold at which the share of wrong answers, one more counted than there were, is at most the bound:
    /// for questions like these its expectation is then at most the bound as well (conformal risk control; Angelopoulos,
    /// Bates, Fisch, Lei and Schuster, 2022).
    /// </summary>
    /// <param name="replies">Score and correctness of replies that the scores were not fitted to.</param>
    /// <param name="mostWrong">The bound, a share of all questions.</param>
    public static double Choose(IEnumerable<(double Score, bool Right)> replies, double mostWrong)
    {
        var sorted = replies.OrderByDescending(r => r.Score).ToArray();
        var allowed = (mostWrong * (sorted.Length + 1)) - 1;
        var threshold = Unreachable;
        var wrong = 0;
        for (var start = 0; start < sorted.Length;)
        {
            var score = sorted[start].Score;
            for (; start < sorted.Length && sorted[start].Score.Equals(score); start++)
                wrong += sorted[start].Right ? 0 : 1;
            if (wrong > allowed)
                return threshold;
            threshold = Math.Max(Least, score);
        }

        return allowed < 0 ? Unreachable : Least;
    }
}
