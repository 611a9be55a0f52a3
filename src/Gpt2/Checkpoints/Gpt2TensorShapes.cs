namespace OnnxChat.Gpt2.Checkpoints;

/// <summary>The tensors that a GPT-2 of a configuration consists of.</summary>
internal static class Gpt2TensorShapes
{
    public const string Embedding = "wte.weight";
    public const string Head = "lm_head.weight";

    /// <summary>Names as <see cref="IGpt2Weights.Read"/> takes them, with their shapes, in the model's order.</summary>
    public static Dictionary<string, long[]> Of(Gpt2Configuration configuration)
    {
        long width = configuration.Width;
        long inner = configuration.InnerWidth;
        var shapes = new Dictionary<string, long[]>(StringComparer.Ordinal)
        {
            [Embedding] = [configuration.VocabularySize, width],
            ["wpe.weight"] = [configuration.Context, width],
        };
        for (var layer = 0; layer < configuration.Layers; layer++)
        {
            shapes[$"h.{layer}.ln_1.weight"] = [width];
            shapes[$"h.{layer}.ln_1.bias"] = [width];
            shapes[$"h.{layer}.attn.c_attn.weight"] = [width, 3 * width];
            shapes[$"h.{layer}.attn.c_attn.bias"] = [3 * width];
            shapes[$"h.{layer}.attn.c_proj.weight"] = [width, width];
            shapes[$"h.{layer}.attn.c_proj.bias"] = [width];
            shapes[$"h.{layer}.ln_2.weight"] = [width];
            shapes[$"h.{layer}.ln_2.bias"] = [width];
            shapes[$"h.{layer}.mlp.c_fc.weight"] = [width, inner];
            shapes[$"h.{layer}.mlp.c_fc.bias"] = [inner];
            shapes[$"h.{layer}.mlp.c_proj.weight"] = [inner, width];
            shapes[$"h.{layer}.mlp.c_proj.bias"] = [width];
        }

        shapes["ln_f.weight"] = [width];
        shapes["ln_f.bias"] = [width];
        if (!configuration.TiedHead)
            shapes[Head] = [configuration.VocabularySize, width];
        return shapes;
    }
}
