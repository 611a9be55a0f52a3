using OnnxChat.Connector.Confidence;

namespace OnnxChat.ModelTools.Calibrate.Fitting;

/// <summary>
/// Measures what share of replies is right where the combination gives certain log-odds: replies in groups of about equal
/// size, neighbouring groups that contradict the order put together (pool adjacent violators; Zadrozny and Elkan, 2002).
/// </summary>
internal static class IsotonicCalibration
{
    private const int MostGroups = 40;
    private const int LeastInGroup = 20;

    /// <param name="replies">Log-odds and correctness of replies that the combination was not fitted to; at least one.</param>
    public static IReadOnlyList<CalibrationPoint> Fit(IEnumerable<(double LogOdds, bool Right)> replies)
    {
        var sorted = replies.OrderBy(r => r.LogOdds).ToArray();
        var size = Math.Max(LeastInGroup, (sorted.Length + MostGroups - 1) / MostGroups);
        var blocks = new List<Block>();
        for (var start = 0; start < sorted.Length;)
        {
            var end = Math.Min(sorted.Length, start + size);
            // Equal log-odds cannot be told apart, and a rest is no group.
            while (end < sorted.Length && (sorted[end].LogOdds.Equals(sorted[end - 1].LogOdds) || sorted.Length - end < LeastInGroup))
                end++;
            var group = sorted[start..end];
            blocks.Add(new Block(group.Sum(r => r.LogOdds), group.Length, group.Count(r => r.Right)));
            while (blocks.Count > 1 && blocks[^2].Share >= blocks[^1].Share)
            {
                blocks[^2] += blocks[^1];
                blocks.RemoveAt(blocks.Count - 1);
            }

            start = end;
        }

        var points = new List<CalibrationPoint>();
        foreach (var block in blocks)
            points.Add(new CalibrationPoint(block.Mean, points.Count == 0 ? block.Probability : Math.Max(points[^1].Probability, block.Probability)));
        return points;
    }

    private readonly record struct Block(double Sum, int Count, int Right)
    {
        public double Mean => Sum / Count;

        public double Share => (double)Right / Count;

        // Jeffreys' prior: no group is large enough to be certain.
        public double Probability => (Right + 0.5) / (Count + 1);

        public static Block operator +(Block left, Block right) => new(left.Sum + right.Sum, left.Count + right.Count, left.Right + right.Right);
    }
}
