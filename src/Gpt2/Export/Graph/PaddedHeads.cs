namespace OnnxChat.Gpt2.Export.Graph;

/// <summary>
/// Weights whose heads are as wide as ONNX Runtime's GroupQueryAttention takes them: a multiple of 8, filled up with
/// zeros. Zeros in queries and keys add nothing to a score, and those in values meet rows of zeros in the projection, so
/// the model stays the same.
/// </summary>
internal sealed class PaddedHeads(IGpt2Weights weights) : IGpt2Weights
{
    private const int Multiple = 8;

    public Gpt2Configuration Configuration => weights.Configuration;

    /// <summary>The width of one head in the graph and in its cache.</summary>
    public static int HeadWidth(Gpt2Configuration shape) => (shape.HeadWidth + Multiple - 1) / Multiple * Multiple;

    /// <summary>The width of all heads side by side.</summary>
    public static int Width(Gpt2Configuration shape) => shape.Heads * HeadWidth(shape);

    public float[] Read(string name)
    {
        var values = weights.Read(name);
        var (from, to) = (Configuration.HeadWidth, HeadWidth(Configuration));
        if (from == to)
            return values;
        // [width, 3 heads head width], [3 heads head width] and [heads head width, width].
        if (name.Contains(".attn.c_attn.", StringComparison.Ordinal))
            return Widen(values, from, to);
        return name.EndsWith(".attn.c_proj.weight", StringComparison.Ordinal) ? Widen(values, from * Configuration.Width, to * Configuration.Width) : values;
    }

    private static float[] Widen(float[] values, int from, int to)
    {
        var widened = new float[values.Length / from * to];
        for (var group = 0; group < values.Length / from; group++)
            values.AsSpan(group * from, from).CopyTo(widened.AsSpan(group * to));
        return widened;
    }
}
