namespace OnnxChat.Evaluation.Comparison;

/// <summary>Where a value lies with some certainty, both ends included.</summary>
public readonly record struct Interval(double Low, double High)
{
    /// <summary>Whether <paramref name="value"/> lies within.</summary>
    public bool Contains(double value) => Low <= value && value <= High;
}
