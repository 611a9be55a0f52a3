namespace OnnxChat.Throughput.Engines;

/// <summary>What a workload took.</summary>
/// <param name="Tokens">Tokens generated, of all requests.</param>
/// <param name="Seconds">From the first request to the last token.</param>
/// <param name="FirstTokenSeconds">Of each request, the time from its arrival to its first token.</param>
/// <param name="CpuSeconds">Processor time of all threads, which other work on the machine changes least.</param>
/// <param name="AllocatedBytes">Managed bytes that the process allocated meanwhile.</param>
/// <param name="ResidentBytes">The process's resident memory afterwards.</param>
internal sealed record Measurement(int Tokens, double Seconds, double[] FirstTokenSeconds, double CpuSeconds, long AllocatedBytes, long ResidentBytes)
{
    public double TokensPerSecond => Tokens / Seconds;

    /// <summary>Tokens a second after the first, for a workload of one request.</summary>
    public double DecodeTokensPerSecond => (Tokens - 1) / (Seconds - FirstTokenSeconds[0]);
}
