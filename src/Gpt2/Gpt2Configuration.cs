namespace OnnxChat.Gpt2;

/// <summary>The shape of a GPT-2, as its <c>config.json</c> gives it.</summary>
public sealed record Gpt2Configuration
{
    /// <summary>Number of transformer blocks (<c>n_layer</c>).</summary>
    public required int Layers { get; init; }

    /// <summary>Width of the residual stream (<c>n_embd</c>), a multiple of <see cref="Heads"/>.</summary>
    public required int Width { get; init; }

    /// <summary>Attention heads a block (<c>n_head</c>).</summary>
    public required int Heads { get; init; }

    /// <summary>Positions the model was trained for, prompt and reply together (<c>n_positions</c>).</summary>
    public required int Context { get; init; }

    /// <summary>Rows of the token embedding (<c>vocab_size</c>), special tokens included.</summary>
    public required int VocabularySize { get; init; }

    /// <summary>Width of the feed-forward layer (<c>n_inner</c>; 4 times <see cref="Width"/> where it is null).</summary>
    public required int InnerWidth { get; init; }

    /// <summary>Added to the variance in every layer normalization (<c>layer_norm_epsilon</c>).</summary>
    /// <value>1e-5 where the file does not say.</value>
    public double LayerNormEpsilon { get; init; } = 1e-5;

    /// <summary>The feed-forward layer's activation (<c>activation_function</c>).</summary>
    /// <value><see cref="Gpt2Activation.GeluNew"/> where the file does not say.</value>
    public Gpt2Activation Activation { get; init; } = Gpt2Activation.GeluNew;

    /// <summary>Whether the head reads the token embedding (<c>tie_word_embeddings</c>).</summary>
    public bool TiedHead { get; init; } = true;

    /// <summary>Whether attention scores are divided by the root of <see cref="HeadWidth"/> (<c>scale_attn_weights</c>).</summary>
    /// <value>True where the file does not say.</value>
    public bool ScaledAttention { get; init; } = true;

    /// <summary>What attention scores are multiplied by.</summary>
    public double AttentionScale => ScaledAttention ? 1 / Math.Sqrt(HeadWidth) : 1;

    /// <summary>Width of one attention head.</summary>
    public int HeadWidth => Width / Heads;
}
