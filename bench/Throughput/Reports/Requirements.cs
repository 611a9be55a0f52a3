using OnnxChat.Throughput.Engines;
using OnnxChat.Throughput.Measuring;

namespace OnnxChat.Throughput.Reports;

/// <summary>What the service is held to.</summary>
internal static class Requirements
{
    public static IReadOnlyList<Requirement> Of(Results results)
    {
        List<Requirement> requirements =
        [
            Least("one stream, tokens a second, against GenAI's own loop", 0.97, results.Ratios(EngineKind.Service, EngineKind.Raw, Scenarios.Level(1), m => m.TokensPerSecond)),
            Most("managed bytes allocated a token in steady decode", 200, results.AllocatedBytesAToken()),
            Most("p99 of the time to first token of short requests beside 900-token ones, against alone", 3, [LongBesideRatio(results)]),
        ];
        if (!results.HasLlama)
            return requirements;
        requirements.InsertRange(1,
        [
            Least("decode of one stream, tokens a second, against llama.cpp q8_0", 1.3, AgainstLlama(1, m => m.DecodeTokensPerSecond)),
            // Times are better when smaller, so the peer's stands above ours.
            Least("time to first token, how many times sooner than llama.cpp q8_0", 1.6, results.Ratios(EngineKind.Llama, EngineKind.Service, Scenarios.Level(1), m => m.FirstTokenSeconds[0])),
            Least("16 requests together, tokens a second, against llama.cpp q8_0", 1.7, AgainstLlama(16, m => m.TokensPerSecond)),
            Least("64 requests together, tokens a second, against llama.cpp q8_0", 1.7, AgainstLlama(64, m => m.TokensPerSecond)),
        ]);
        return requirements;

        double[] AgainstLlama(int requests, Func<Measurement, double> figure) =>
            results.Ratios(EngineKind.Service, EngineKind.Llama, Scenarios.Level(requests), figure);
    }

    // Percentiles of few requests say little, so those of all rounds go together.
    private static double LongBesideRatio(Results results) =>
        results.FirstTokenSeconds(EngineKind.Service, Scenarios.ShortBesideLong).Percentile(99)
        / results.FirstTokenSeconds(EngineKind.Service, Scenarios.ShortAlone).Percentile(99);

    private static Requirement Least(string what, double limit, double[] measured) => new(what, limit, IsLeast: true, measured);

    private static Requirement Most(string what, double limit, double[] measured) => new(what, limit, IsLeast: false, measured);
}
