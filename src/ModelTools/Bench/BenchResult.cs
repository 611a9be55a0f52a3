namespace OnnxChat.ModelTools.Bench;

/// <summary>What was measured.</summary>
/// <param name="Model">The model's name.</param>
/// <param name="Folder">Its folder.</param>
/// <param name="Threads">Threads that compute one step.</param>
/// <param name="Workers">Workers that step the model at the same time.</param>
/// <param name="MaxTokens">Most tokens of a reply.</param>
/// <param name="WeightsBytes">Size of graph and weights.</param>
/// <param name="MemoryBandwidth">How fast this machine reads memory, in bytes a second.</param>
/// <param name="Levels">One a figure of <c>--concurrency</c>.</param>
internal sealed record BenchResult(string Model, string Folder, int Threads, int Workers, int MaxTokens, long WeightsBytes, double MemoryBandwidth, IReadOnlyList<BenchLevel> Levels);
