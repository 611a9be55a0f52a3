using OnnxChat.Throughput.Engines;

namespace OnnxChat.Throughput.Measuring;

/// <summary>What is measured, each with seed 0; a run takes a seed of its own.</summary>
internal static class Scenarios
{
    public const int PromptTokens = 128;
    public const int NewTokens = 64;

    /// <summary>Replies whose difference is nothing but steady decoding.</summary>
    public const int FewTokens = 40;
    public const int ManyTokens = 240;

    /// <summary>How many requests come together.</summary>
    public static IReadOnlyList<int> Levels { get; } = [1, 4, 16, 64];

    public static Workload Few { get; } = new(1, PromptTokens, FewTokens, 0);

    public static Workload Many { get; } = new(1, PromptTokens, ManyTokens, 0);

    public static Workload ShortAlone { get; } = new(24, 32, 16, 0, Arrival.OneAfterAnother);

    public static Workload ShortBesideLong { get; } = ShortAlone with { Arrival = Arrival.BesideLong };

    public static Workload Level(int requests) => new(requests, PromptTokens, NewTokens, 0);

    /// <summary>Runs a round makes of a level: a short one says little on its own.</summary>
    public static int Repeats(int requests) => requests switch { 1 => 5, 4 => 2, _ => 1 };
}
