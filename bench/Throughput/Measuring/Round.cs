using OnnxChat.Throughput.Engines;

namespace OnnxChat.Throughput.Measuring;

/// <summary>Everything measured once, all engines in turn.</summary>
/// <param name="Bandwidth">Bytes of memory a second that the machine read in this round.</param>
/// <param name="Samples">In the order of measuring.</param>
internal sealed record Round(double Bandwidth, IReadOnlyList<Sample> Samples)
{
    public IEnumerable<Measurement> Of(EngineKind engine, Workload scenario) =>
        Samples.Where(s => s.Engine == engine && s.Scenario == scenario).Select(s => s.Measurement);

    /// <summary>The median of a figure over the round's runs.</summary>
    public double Figure(EngineKind engine, Workload scenario, Func<Measurement, double> figure) => Of(engine, scenario).Select(figure).Median();

    /// <summary>How many times the figure of <paramref name="other"/> the figure of <paramref name="engine"/> is.</summary>
    public double Ratio(EngineKind engine, EngineKind other, Workload scenario, Func<Measurement, double> figure) =>
        Figure(engine, scenario, figure) / Figure(other, scenario, figure);
}
