using OnnxChat.Gpt2.Checkpoints.Files;

namespace OnnxChat.Gpt2.Checkpoints;

/// <summary>Reads a GPT-2's <c>config.json</c>.</summary>
public static class Gpt2ConfigurationFile
{
    private const int MaximumBytes = 1 << 20;
    private const string FileName = "config.json";

    /// <summary>
    /// Reads the configuration that transformers saves. <c>n_layer</c>, <c>n_head</c>, <c>n_embd</c>,
    /// <c>n_positions</c> (or <c>n_ctx</c>) and <c>vocab_size</c> must be there.
    /// </summary>
    /// <param name="path">The file, or a folder that holds <c>config.json</c>.</param>
    /// <exception cref="CheckpointException">The file cannot be read, or asks for what is not supported.</exception>
    public static Gpt2Configuration Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var file = Directory.Exists(path) ? Path.Combine(path, FileName) : path;
        return JsonFile.Read(file, MaximumBytes, root => Read(new ConfigurationValues(file, root)));
    }

    private static Gpt2Configuration Read(ConfigurationValues values)
    {
        RefuseUnsupported(values);
        var width = values.Integer("n_embd", 1, 65_536);
        var heads = values.Integer("n_head", 1, 1024);
        if (width % heads != 0)
            throw values.Refused($"'n_embd' is {width}, which is not a multiple of 'n_head', {heads}.", "Use the config.json saved with the weights.");

        return new Gpt2Configuration
        {
            Layers = values.Integer("n_layer", 1, 512),
            Width = width,
            Heads = heads,
            Context = values.Integer(values.Has("n_positions") ? "n_positions" : "n_ctx", 1, 131_072),
            VocabularySize = values.Integer("vocab_size", 1, 4_000_000),
            InnerWidth = values.Has("n_inner") ? values.Integer("n_inner", 1, 262_144) : 4 * width,
            LayerNormEpsilon = values.Has("layer_norm_epsilon") ? values.Number("layer_norm_epsilon", 1e-12, 0.1) : 1e-5,
            Activation = Activation(values),
            TiedHead = values.Boolean("tie_word_embeddings", true),
            ScaledAttention = values.Boolean("scale_attn_weights", true),
        };
    }

    private static void RefuseUnsupported(ConfigurationValues values)
    {
        var modelType = values.Text("model_type", "gpt2");
        if (modelType != "gpt2")
            throw values.Refused($"'model_type' is '{modelType}'; only 'gpt2' is imported.", "Give a GPT-2 checkpoint.");

        foreach (var name in new[] { "scale_attn_by_inverse_layer_idx", "reorder_and_upcast_attn", "add_cross_attention" })
        {
            if (values.Boolean(name, false))
                throw values.Refused($"'{name}' is true; only false is supported.", "Train or convert the model without it.");
        }
    }

    private static Gpt2Activation Activation(ConfigurationValues values) => values.Text("activation_function", "gelu_new") switch
    {
        "gelu_new" or "gelu_fast" or "gelu_pytorch_tanh" => Gpt2Activation.GeluNew,
        "gelu" => Gpt2Activation.Gelu,
        "relu" => Gpt2Activation.Relu,
        var other => throw values.Refused(
            $"'activation_function' is '{other}'; supported are gelu_new (gelu_fast, gelu_pytorch_tanh), gelu and relu.", "Train the model with one of these."),
    };
}
