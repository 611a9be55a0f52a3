namespace OnnxChat.Fuzzing.Running;

/// <summary>What a run of one target came to.</summary>
/// <param name="Target">Its name.</param>
/// <param name="Executions">Inputs that it was given.</param>
/// <param name="Refused">Those that it refused, as documented.</param>
/// <param name="Shapes">Ways through the code that could be told apart by what came of them.</param>
/// <param name="Elapsed">How long it took.</param>
/// <param name="Findings">One a cause.</param>
internal sealed record FuzzResult(string Target, long Executions, long Refused, int Shapes, TimeSpan Elapsed, IReadOnlyList<Finding> Findings);
