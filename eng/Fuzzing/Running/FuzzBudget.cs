namespace OnnxChat.Fuzzing.Running;

/// <summary>When a run of one target ends; whichever comes first.</summary>
/// <param name="Executions">Most inputs.</param>
/// <param name="Time">Longest time.</param>
/// <param name="Longest">How long one input may take before that is a finding.</param>
/// <param name="Seed">The same one makes the same inputs.</param>
internal sealed record FuzzBudget(long Executions, TimeSpan Time, TimeSpan Longest, int Seed);
