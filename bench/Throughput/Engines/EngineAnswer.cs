namespace OnnxChat.Throughput.Engines;

/// <summary>One line from an engine's process.</summary>
/// <param name="Measurement">What the workload took.</param>
/// <param name="Settings">What tuning chose, in words.</param>
/// <param name="Error">Why there is neither.</param>
internal sealed record EngineAnswer(Measurement? Measurement = null, string? Settings = null, string? Error = null);
