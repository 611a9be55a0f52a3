using OnnxChat.Throughput.Measuring;

namespace OnnxChat.Throughput.Reports;

/// <summary>A figure that the service is held to.</summary>
/// <param name="What">What is measured.</param>
/// <param name="Limit">The figure asked for.</param>
/// <param name="IsLeast">Whether the figure is the least allowed rather than the most.</param>
/// <param name="Measured">The figure of each round, or one for the whole run.</param>
internal sealed record Requirement(string What, double Limit, bool IsLeast, double[] Measured)
{
    public double Median => Measured.Median();

    public bool IsMet => IsLeast ? Median >= Limit : Median <= Limit;
}
