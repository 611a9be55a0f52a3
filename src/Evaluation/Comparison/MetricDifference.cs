namespace OnnxChat.Evaluation.Comparison;

/// <summary>One metric of two models on the same conversations.</summary>
/// <param name="Metric">Which one.</param>
/// <param name="First">Of the first model.</param>
/// <param name="Second">Of the second model.</param>
/// <param name="Interval">Where second less first lies, with 95 % certainty.</param>
public sealed record MetricDifference(Metric Metric, double First, double Second, Interval Interval)
{
    /// <summary>Second less first.</summary>
    public double Value => Second - First;

    /// <summary>What the interval allows to say about the second model.</summary>
    public Finding Finding => Interval.Contains(0) || Metric.Better == BetterWhen.Neither
        ? Finding.NoDifferenceShown
        : Interval.Low > 0 == (Metric.Better == BetterWhen.Higher) ? Finding.Better : Finding.Worse;
}
