using OnnxChat.Throughput.Engines;

namespace OnnxChat.Throughput.Measuring;

/// <summary>Measures the engines in turn, several rounds, so that a machine that slows down slows all of them.</summary>
internal sealed class Comparison(IReadOnlyList<EngineProcess> engines, long weightBytes, Action<string> report)
{
    // The peer's settings for 16 requests serve 4 and 64 of them too: trying them there takes minutes.
    private static readonly int[] TunedLevels = [1, 16];

    // .NET compiles what runs often anew while it runs, which takes a processor away from the first requests.
    private const int WarmUps = 8;

    private EngineProcess Service => engines.Single(e => e.Kind == EngineKind.Service);

    public async Task<Results> RunAsync(int rounds, bool quick)
    {
        var settings = new Dictionary<int, string>();
        if (!quick && engines.FirstOrDefault(e => e.Kind == EngineKind.Llama) is { } llama)
        {
            foreach (var level in TunedLevels)
            {
                report($"looking for llama.cpp's best settings for {level} requests");
                settings[level] = await llama.TuneAsync(Scenarios.Level(level));
            }
        }

        report("warming up");
        foreach (var engine in engines)
        {
            for (var run = 0; run < WarmUps; run++)
                await engine.RunAsync(Scenarios.Level(1));
        }

        var measured = new List<Round>();
        for (var round = 0; round < rounds; round++)
        {
            report($"round {round + 1} of {rounds}");
            measured.Add(await RoundAsync(round, quick));
        }

        return new Results([.. engines.Select(e => e.Kind)], measured, weightBytes, settings);
    }

    private async Task<Round> RoundAsync(int round, bool quick)
    {
        var samples = new List<Sample>();
        foreach (var requests in Scenarios.Levels)
        {
            var repeats = quick ? 1 : Scenarios.Repeats(requests);
            for (var repeat = 0; repeat < repeats; repeat++)
            {
                // Whoever comes first meets the machine as another left it, so everybody does once in a while.
                for (var turn = 0; turn < engines.Count; turn++)
                    await MeasureAsync(engines[(turn + repeat + round) % engines.Count], Scenarios.Level(requests), (round * 10) + repeat + 1, samples);
            }
        }

        foreach (var scenario in new[] { Scenarios.Few, Scenarios.Many, Scenarios.ShortAlone, Scenarios.ShortBesideLong })
            await MeasureAsync(Service, scenario, round + 1, samples);
        return new Round(MemoryBandwidth.Measure(), samples);
    }

    private static async Task MeasureAsync(EngineProcess engine, Workload scenario, int seed, List<Sample> samples) =>
        samples.Add(new Sample(engine.Kind, scenario, await engine.RunAsync(scenario with { Seed = seed })));
}
