namespace OnnxChat.Training.Runs;

/// <summary>How long to train where nobody says.</summary>
internal static class StepPlan
{
    private const long Fewest = 600;
    private const long Most = 40_000;
    private const int Epochs = 30;

    /// <summary>Steps that show each text about 30 times, within bounds.</summary>
    public static long Steps(int texts, TrainOptions options) =>
        Math.Clamp((long)Epochs * texts / ((long)options.Batch * options.Accumulate), Fewest, Most);
}
