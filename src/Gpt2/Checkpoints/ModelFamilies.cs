namespace OnnxChat.Gpt2.Checkpoints;

/// <summary>Recognises checkpoints of other architectures by the name of one of their tensors.</summary>
internal static class ModelFamilies
{
    // Ends of names in the first block. A more particular one stands before a more general one.
    private static readonly (string Ending, string Family)[] Signs =
    [
        ("decoder.layers.0.self_attn.q_proj.weight", "OPT or BART"),
        ("layers.0.self_attn.q_proj.weight", "Llama (or Mistral, Qwen)"),
        ("layers.0.self_attn.qkv_proj.weight", "Phi-3"),
        ("layers.0.attention.query_key_value.weight", "GPT-NeoX"),
        ("h.0.self_attention.query_key_value.weight", "Bloom or Falcon"),
        ("h.0.attn.attention.q_proj.weight", "GPT-Neo"),
        ("h.0.attn.q_proj.weight", "GPT-J"),
        ("encoder.layer.0.attention.self.query.weight", "BERT"),
        ("transformer.layer.0.attention.q_lin.weight", "DistilBERT"),
        ("block.0.layer.0.SelfAttention.q.weight", "T5"),
        ("h.0.attn.c_attn.lora_A.default.weight", "a LoRA adapter of GPT-2, not merged"),
        ("h.0.attn.c_attn.lora_A.weight", "a LoRA adapter of GPT-2, not merged"),
    ];

    /// <summary>The family and the tensor that tells it, or null.</summary>
    public static (string Family, string Tensor)? Recognise(IReadOnlyList<CheckpointTensor> tensors)
    {
        foreach (var (ending, family) in Signs)
        {
            if (tensors.FirstOrDefault(tensor => tensor.Name.EndsWith(ending, StringComparison.Ordinal)) is { } tensor)
                return (family, tensor.Name);
        }

        return null;
    }
}
