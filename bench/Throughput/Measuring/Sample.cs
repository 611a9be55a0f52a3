using OnnxChat.Throughput.Engines;

namespace OnnxChat.Throughput.Measuring;

/// <summary>One measurement.</summary>
/// <param name="Engine">Of which engine.</param>
/// <param name="Scenario">Of which workload, with seed 0.</param>
/// <param name="Measurement">What it took.</param>
internal sealed record Sample(EngineKind Engine, Workload Scenario, Measurement Measurement);
