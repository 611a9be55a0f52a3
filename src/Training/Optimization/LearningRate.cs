namespace OnnxChat.Training.Optimization;

/// <summary>Rises in a line for the first steps, then falls along half a cosine.</summary>
/// <param name="Highest">The rate after the rise.</param>
/// <param name="WarmUp">Steps of the rise.</param>
/// <param name="Steps">Steps in all.</param>
internal sealed record LearningRate(double Highest, long WarmUp, long Steps)
{
    // The last steps still move the weights.
    private const double LowestShare = 0.02;

    /// <param name="step">The step, from 1.</param>
    public double At(long step)
    {
        var fall = 0.5 * (1 + Math.Cos(Math.PI * Math.Min(1, (double)step / Steps)));
        return Highest * Math.Min(1, step / (double)Math.Max(1, WarmUp)) * Math.Max(LowestShare, fall);
    }
}
