namespace OnnxChat.Gpt2;

/// <summary>A GPT-2's weights by name, read one at a time so that a large checkpoint never stands in memory twice.</summary>
public interface IGpt2Weights
{
    /// <summary>The shape that every tensor below agrees with.</summary>
    Gpt2Configuration Configuration { get; }

    /// <summary>
    /// Reads a tensor as 32-bit floats in row-major order. Names are Hugging Face's without <c>transformer.</c>:
    /// <c>wte.weight</c> [vocabulary, width], <c>wpe.weight</c> [context, width], <c>h.0.ln_1.weight</c> [width],
    /// <c>h.0.attn.c_attn.weight</c> [width, 3 width] (Conv1D: in, out), <c>h.0.attn.c_attn.bias</c>,
    /// <c>h.0.attn.c_proj.*</c>, <c>h.0.ln_2.*</c>, <c>h.0.mlp.c_fc.*</c> [width, inner], <c>h.0.mlp.c_proj.*</c>
    /// [inner, width], <c>ln_f.*</c>, and <c>lm_head.weight</c> [vocabulary, width] where the head is not tied.
    /// </summary>
    /// <param name="name">One of the names above.</param>
    /// <exception cref="ArgumentException">The model has no tensor of that name.</exception>
    float[] Read(string name);
}
