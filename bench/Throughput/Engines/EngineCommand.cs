namespace OnnxChat.Throughput.Engines;

/// <summary>One line to an engine's process.</summary>
/// <param name="Workload">What to run.</param>
/// <param name="Tune">Whether to look for the best settings for it rather than measure it.</param>
internal sealed record EngineCommand(Workload Workload, bool Tune);
