namespace OnnxChat.ModelTools.Bench;

/// <summary>What was measured with so many requests under way.</summary>
/// <param name="Concurrency">Requests under way at once.</param>
/// <param name="Requests">Requests in all.</param>
/// <param name="Tokens">Tokens generated.</param>
/// <param name="Seconds">From the first request to the end of the last reply.</param>
/// <param name="TokensPerSecond">Of all replies together.</param>
/// <param name="FirstTokenSecondsP50">Time from a request to its first token: half of the requests waited no longer.</param>
/// <param name="FirstTokenSecondsP99">99 of 100 waited no longer.</param>
/// <param name="MemoryBytes">Most physical memory that the process held, looked at after each reply.</param>
/// <param name="BandwidthShare">Bytes of weights that the steps read, as a share of what memory could have given in the time.</param>
internal sealed record BenchLevel(
    int Concurrency,
    int Requests,
    int Tokens,
    double Seconds,
    double TokensPerSecond,
    double FirstTokenSecondsP50,
    double FirstTokenSecondsP99,
    long MemoryBytes,
    double BandwidthShare);
