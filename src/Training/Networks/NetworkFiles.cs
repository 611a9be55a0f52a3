using System.Text.Json;
using OnnxChat.Gpt2;
using OnnxChat.Gpt2.Export;
using TorchSharp;

namespace OnnxChat.Training.Networks;

/// <summary>Writes a network as Hugging Face's GPT2LMHeadModel reads it.</summary>
internal static class NetworkFiles
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, NewLine = "\n" };

    /// <summary>Writes <c>config.json</c> and <c>model.safetensors</c>.</summary>
    /// <param name="folder">An existing folder.</param>
    /// <param name="network">The shape and the tensors' places.</param>
    /// <param name="weights">All weights in the store's order: the network's own, or their averages.</param>
    /// <param name="tokenizer">For the ids of the control tokens.</param>
    public static void Write(string folder, Gpt2Network network, torch.Tensor weights, TokenizerFolder tokenizer)
    {
        File.WriteAllText(Path.Combine(folder, "config.json"), JsonSerializer.Serialize(Configuration(network.Configuration, tokenizer), Json) + "\n");
        SafeTensorsWriter.Write(Path.Combine(folder, "model.safetensors"), network.Parameters.Tensors(weights, Name));
    }

    private static string Name(string name) => name.StartsWith("lm_head.", StringComparison.Ordinal) ? name : $"transformer.{name}";

    private static Dictionary<string, object?> Configuration(Gpt2Configuration shape, TokenizerFolder tokenizer) => new()
    {
        ["architectures"] = new[] { "GPT2LMHeadModel" },
        ["model_type"] = "gpt2",
        ["vocab_size"] = shape.VocabularySize,
        ["n_positions"] = shape.Context,
        ["n_embd"] = shape.Width,
        ["n_layer"] = shape.Layers,
        ["n_head"] = shape.Heads,
        ["n_inner"] = shape.InnerWidth == 4 * shape.Width ? null : shape.InnerWidth,
        ["activation_function"] = shape.Activation switch { Gpt2Activation.Gelu => "gelu", Gpt2Activation.Relu => "relu", _ => "gelu_new" },
        ["layer_norm_epsilon"] = shape.LayerNormEpsilon,
        ["tie_word_embeddings"] = shape.TiedHead,
        ["scale_attn_weights"] = shape.ScaledAttention,
        ["bos_token_id"] = Id(tokenizer, CardTokens.EndOfText),
        ["eos_token_id"] = Id(tokenizer, CardTokens.End),
        ["pad_token_id"] = Id(tokenizer, CardTokens.Padding),
    };

    private static int? Id(TokenizerFolder tokenizer, string token) => tokenizer.TryGetId(token, out var id) ? id : null;
}
