namespace OnnxChat.ModelTools.Bench;

/// <summary>What to measure.</summary>
/// <param name="Levels">Requests under way at once, each measured by itself.</param>
/// <param name="Requests">Requests at each level; null for four for each under way, at least 16.</param>
/// <param name="MaxTokens">Most tokens of a reply.</param>
internal sealed record BenchRequest(IReadOnlyList<int> Levels, int? Requests, int MaxTokens)
{
    private const int FewestRequests = 16;
    private const int RequestsForEach = 4;

    public int RequestsAt(int level) => Requests ?? Math.Max(FewestRequests, RequestsForEach * level);
}
