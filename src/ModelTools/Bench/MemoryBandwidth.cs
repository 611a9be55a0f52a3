using System.Numerics.Tensors;

namespace OnnxChat.ModelTools.Bench;

/// <summary>How fast this machine reads memory: the limit of decoding, which reads every weight at each step.</summary>
internal static class MemoryBandwidth
{
    // 256 MiB, more than caches hold.
    private const int Floats = 1 << 26;
    private const int Passes = 5;

    /// <summary>Reads a large buffer on all processors several times.</summary>
    /// <returns>Bytes a second of the fastest pass.</returns>
    public static double Measure(TimeProvider time, CancellationToken cancellationToken)
    {
        var buffer = GC.AllocateUninitializedArray<float>(Floats);
        Array.Fill(buffer, 1);
        var parts = Environment.ProcessorCount;
        var sums = new float[parts];
        var fastest = TimeSpan.MaxValue;
        for (var pass = 0; pass < Passes; pass++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var start = time.GetTimestamp();
            Parallel.For(0, parts, part => sums[part] = TensorPrimitives.Sum<float>(buffer.AsSpan(part * (Floats / parts), Floats / parts)));
            var elapsed = time.GetElapsedTime(start);
            fastest = elapsed < fastest ? elapsed : fastest;
        }

        // The sums are used, so that the reads cannot be left out.
        return sums.All(s => s > 0)
            ? (double)Floats * sizeof(float) / fastest.TotalSeconds
            : throw new InvalidOperationException("A part of the buffer was not read.");
    }
}
