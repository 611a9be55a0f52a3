using OnnxChat.Streaming.Sources;

namespace OnnxChat.Streaming.Measuring;

/// <summary>Both, one after the other.</summary>
internal sealed record Round(IReadOnlyCollection<ReplyTiming> Connector, IReadOnlyCollection<ReplyTiming> Endpoint)
{
    /// <summary>The endpoint's first byte, times the connector's first text.</summary>
    public double FirstRatio(double percent) => Milliseconds(Endpoint, timing => timing.First, percent) / Milliseconds(Connector, timing => timing.First, percent);

    /// <summary>The nearest-rank percentile.</summary>
    public static double Milliseconds(IReadOnlyCollection<ReplyTiming> timings, Func<ReplyTiming, TimeSpan> part, double percent)
    {
        var sorted = timings.Select(timing => part(timing).TotalMilliseconds).Order().ToArray();
        return sorted[Math.Clamp((int)Math.Ceiling(percent / 100 * sorted.Length) - 1, 0, sorted.Length - 1)];
    }
}
