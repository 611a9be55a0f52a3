using OnnxChat.Training.Texts;

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
    public static long Steps(int texts, TrainOptions options) =>
        Math.Clamp((long)Epochs * texts / ((long)options.Batch * options.Accumulate), Fewest, Most);

    /// <summary>The same options with what was left open.</summary>
    public static TrainOptions Complete(TrainOptions options, int texts)
    {
        var steps = options.Steps ?? Steps(texts, options);
        return options with { Steps = steps, Average = options.Average ?? Average(steps), Loss = options.Loss with { WholeAnswers = options.Loss.WholeAnswers ?? WholeAnswers(steps) } };
    }

    /// <summary>How slowly the averaged weights follow, by <see cref="TrainOptions.Average"/>.</summary>
    public static double Average(long steps) => steps <= ShortRun ? 0.98 : 0.998;

    /// <summary>Share of the batches with whole answers, by <see cref="LossWeights.WholeAnswers"/>.</summary>
    public static double WholeAnswers(long steps) => steps <= ShortRun ? 0.5 : 0.1;
}
