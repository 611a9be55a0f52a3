using System.Diagnostics;
using System.Numerics.Tensors;

namespace OnnxChat.Throughput.Measuring;

/// <summary>How fast this machine reads memory: the limit of decoding, which reads every weight for each token.</summary>
internal static class MemoryBandwidth
{
    // Far more than any cache holds.
    private const int Floats = 1 << 27;
    private const int Passes = 4;

    /// <summary>Sums a large buffer on all processors several times.</summary>
    /// <returns>Bytes a second of the fastest pass.</returns>
    public static double Measure()
    {
        var buffer = new float[Floats];
        Array.Fill(buffer, 1);
        var parts = Environment.ProcessorCount;
        var sums = new float[parts];
        var fastest = double.MaxValue;
        for (var pass = 0; pass < Passes; pass++)
        {
            var start = Stopwatch.GetTimestamp();
            Parallel.For(0, parts, new ParallelOptions { MaxDegreeOfParallelism = parts }, part =>
            {
                var size = Floats / parts;
                sums[part] = TensorPrimitives.Sum(buffer.AsSpan(part * size, size));
            });
            fastest = Math.Min(fastest, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        if (sums.Any(s => s == 0))
            throw new InvalidOperationException("A part of the buffer was not read.");
        return (double)Floats * sizeof(float) / fastest;
    }
}
