namespace OnnxChat.ModelTools.Bench;

/// <summary>Percentiles by nearest rank: always a value that was measured.</summary>
internal static class Percentile
{
    /// <param name="values">At least one.</param>
    /// <param name="percent">Above 0 to 100.</param>
    public static double Of(IReadOnlyCollection<double> values, double percent) =>
        values.Order().ElementAt((int)Math.Ceiling(values.Count * percent / 100) - 1);
}
