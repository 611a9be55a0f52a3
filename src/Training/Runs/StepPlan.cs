namespace OnnxChat.Training.Runs;

/// <summary>How long to train, and what goes with it, where nobody says.</summary>
internal static class StepPlan
{
    private const long Fewest = 1_500;
    private const long Most = 40_000;
    private const int Epochs = 30;

    // In so few steps a slow average never leaves the beginning behind, and one whole answer in ten is not learned to its end.
    private const long ShortRun = 3_000;

    /// <summary>Steps that show each text about 30 times, within bounds.</summary>
    private static long Steps(int texts, TrainOptions options) =>
        Math.Clamp((long)Epochs * texts / ((long)options.Batch * options.Accumulate), Fewest, Most);

    /// <summary>The same options with what was left open.</summary>
    public static TrainOptions Complete(TrainOptions options, int texts)
    {
        var steps = options.Steps ?? Steps(texts, options);
        var (average, wholeAnswers) = steps <= ShortRun ? (0.98, 0.5) : (0.998, 0.1);
        return options with { Steps = steps, Average = options.Average ?? average, Loss = options.Loss with { WholeAnswers = options.Loss.WholeAnswers ?? wholeAnswers } };
    }
}
