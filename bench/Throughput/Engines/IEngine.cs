namespace OnnxChat.Throughput.Engines;

/// <summary>Runs workloads. It lives in a process of its own.</summary>
internal interface IEngine : IAsyncDisposable
{
    /// <summary>Looks for the settings that make the engine fastest for a workload and keeps them for workloads of as many requests.</summary>
    /// <returns>What it chose, in words.</returns>
    string Tune(Workload workload) => "as it comes";

    /// <returns>Tokens generated and, of each request, the seconds to its first token.</returns>
    Task<(int Tokens, double Seconds, double[] FirstTokenSeconds)> RunAsync(Workload workload);
}
