namespace OnnxChat.Load.Measuring;

/// <summary>The straight line through a series: how fast it grows, and how far the series lies from any line.</summary>
/// <param name="PerHour">Growth by least squares, an hour.</param>
/// <param name="Error">Standard error of the growth.</param>
/// <param name="Mean">The series' mean.</param>
/// <param name="Growth">Growth over the series' own length.</param>
internal sealed record Slope(double PerHour, double Error, double Mean, double Growth)
{
    private const double SecondsPerHour = 3600;
    private const double Noise = 0.05;

    /// <summary>Whether the growth over the run cannot be told from chance (twice its standard error), or is below a twentieth of the mean.</summary>
    public bool IsFlat => PerHour <= 2 * Error || Growth <= Noise * Mean;

    public static Slope Of(IReadOnlyList<Sample> samples, Func<Sample, double> value)
    {
        var (meanX, meanY) = (samples.Average(sample => sample.Seconds), samples.Average(value));
        var spread = samples.Sum(sample => Math.Pow(sample.Seconds - meanX, 2));
        var slope = samples.Sum(sample => (sample.Seconds - meanX) * (value(sample) - meanY)) / spread;
        var residual = samples.Sum(sample => Math.Pow(value(sample) - meanY - (slope * (sample.Seconds - meanX)), 2));
        var error = Math.Sqrt(residual / Math.Max(1, samples.Count - 2) / spread);
        return new Slope(slope * SecondsPerHour, error * SecondsPerHour, meanY, slope * (samples[^1].Seconds - samples[0].Seconds));
    }
}
