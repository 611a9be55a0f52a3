using OnnxChat.Throughput.Engines;

namespace OnnxChat.Throughput.Measuring;

/// <summary>What a run of the program measured.</summary>
/// <param name="Engines">The engines that took part.</param>
/// <param name="Rounds">One or more.</param>
/// <param name="WeightBytes">Bytes of int8 weights that a decoded token reads.</param>
/// <param name="LlamaSettings">What the peer was found to be fastest with, by the number of requests.</param>
internal sealed record Results(IReadOnlyList<EngineKind> Engines, IReadOnlyList<Round> Rounds, long WeightBytes, IReadOnlyDictionary<int, string> LlamaSettings)
{
    public bool HasLlama => Engines.Contains(EngineKind.Llama);

    public double[] OfRounds(Func<Round, double> figure) => [.. Rounds.Select(figure)];

    public double[] Ratios(EngineKind engine, EngineKind other, Workload scenario, Func<Measurement, double> figure) =>
        OfRounds(r => r.Ratio(engine, other, scenario, figure));

    /// <summary>Times to first token of all requests in all rounds.</summary>
    public IEnumerable<double> FirstTokenSeconds(EngineKind engine, Workload scenario) =>
        Rounds.SelectMany(r => r.Of(engine, scenario)).SelectMany(m => m.FirstTokenSeconds);

    /// <summary>Managed bytes a token, from a reply of few tokens and one of many.</summary>
    public double[] AllocatedBytesAToken() => OfRounds(r =>
        (r.Figure(EngineKind.Service, Scenarios.Many, m => m.AllocatedBytes) - r.Figure(EngineKind.Service, Scenarios.Few, m => m.AllocatedBytes))
        / (Scenarios.ManyTokens - Scenarios.FewTokens));

    /// <summary>The part of the memory's bandwidth that decoding one stream uses.</summary>
    public double[] BandwidthShare(EngineKind engine) => OfRounds(r =>
        r.Figure(engine, Scenarios.Level(1), m => m.DecodeTokensPerSecond) * WeightBytes / r.Bandwidth);

    public long ResidentBytes(EngineKind engine, int requests) =>
        Rounds[0].Of(engine, Scenarios.Level(requests)).Max(m => m.ResidentBytes);
}
