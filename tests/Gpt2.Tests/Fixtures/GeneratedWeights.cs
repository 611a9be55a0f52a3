namespace OnnxChat.Gpt2.Tests.Fixtures;

/// <summary>Weights of any shape, drawn from a seed that each name gives.</summary>
internal sealed class GeneratedWeights(Gpt2Configuration configuration) : IGpt2Weights
{
    private readonly Dictionary<string, int> _sizes = Sizes(configuration);

    public Gpt2Configuration Configuration { get; } = configuration;

    public float[] Read(string name)
    {
        if (!_sizes.TryGetValue(name, out var size))
            throw new ArgumentException($"No tensor is called {name}.", nameof(name));

        var random = new Random(name.Aggregate(17, (seed, letter) => unchecked((seed * 31) + letter)));
        var isScale = name.Contains("ln_", StringComparison.Ordinal) && name.EndsWith(".weight", StringComparison.Ordinal);
        var values = new float[size];
        foreach (ref var value in values.AsSpan())
            value = (isScale ? 1 : 0) + (float)((random.NextDouble() - 0.5) * 0.4);
        return values;
    }

    private static Dictionary<string, int> Sizes(Gpt2Configuration shape)
    {
        var sizes = new Dictionary<string, int>
        {
            ["wte.weight"] = shape.VocabularySize * shape.Width,
            ["wpe.weight"] = shape.Context * shape.Width,
            ["ln_f.weight"] = shape.Width,
            ["ln_f.bias"] = shape.Width,
        };
        if (!shape.TiedHead)
            sizes["lm_head.weight"] = shape.VocabularySize * shape.Width;
        for (var layer = 0; layer < shape.Layers; layer++)
        {
            foreach (var (name, inWidth, outWidth) in (ReadOnlySpan<(string, int, int)>)
                [("ln_1", 1, shape.Width), ("attn.c_attn", shape.Width, 3 * shape.Width), ("attn.c_proj", shape.Width, shape.Width),
                 ("ln_2", 1, shape.Width), ("mlp.c_fc", shape.Width, shape.InnerWidth), ("mlp.c_proj", shape.InnerWidth, shape.Width)])
            {
                sizes[$"h.{layer}.{name}.weight"] = inWidth * outWidth;
                sizes[$"h.{layer}.{name}.bias"] = outWidth;
            }
        }

        return sizes;
    }
}
