namespace OnnxChat.Load.Measuring;

internal static class Percentile
{
    /// <summary>The smallest value that the given share of the values does not exceed; 0 of none.</summary>
    public static double Of(IEnumerable<double> values, double share)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length == 0 ? 0 : sorted[Math.Min(sorted.Length - 1, (int)Math.Ceiling(share * sorted.Length) - 1)];
    }
}
