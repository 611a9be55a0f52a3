using OnnxChat.Gpt2;
using OnnxChat.Gpt2.Checkpoints;
using TorchSharp;
using static TorchSharp.torch.nn;

namespace OnnxChat.Training.Networks;

/// <summary>
/// GPT-2 in TorchSharp, with Hugging Face's names and layouts. Texts of a batch are padded on the right: what follows a
/// text never reaches its own positions.
/// </summary>
internal sealed class Gpt2Network : IDisposable
{
    public Gpt2Network(Gpt2Configuration configuration, torch.Device device)
    {
        Configuration = configuration;
        Device = device;
        Parameters = new ParameterStore(Gpt2TensorShapes.Of(configuration), device);
    }

    public Gpt2Configuration Configuration { get; }

    public torch.Device Device { get; }

    public ParameterStore Parameters { get; }

    /// <summary>Share of the embedding's and of each block's outputs that is left out at random; 0 outside training.</summary>
    public double Dropout { get; set; }

    /// <summary>
    /// Whether matrices are multiplied as bfloat16, two to three times as fast on processors and cards that have it.
    /// Weights, their updates and all else stay 32-bit floats.
    /// </summary>
    public bool HalfPrecision { get; init; }

    private torch.Tensor Head => Parameters[Configuration.TiedHead ? Gpt2TensorShapes.Embedding : Gpt2TensorShapes.Head];

    /// <summary>The last layer's output at every position.</summary>
    /// <param name="tokens">Ids, [texts, length].</param>
    /// <returns>[texts * length, width]</returns>
    public torch.Tensor Hidden(torch.Tensor tokens)
    {
        var (texts, length) = (tokens.shape[0], tokens.shape[1]);
        var embedded = Parameters["wte.weight"].index_select(0, tokens.flatten()).view(texts, length, Configuration.Width) + Parameters["wpe.weight"].narrow(0, 0, length);
        var x = Drop(embedded).view(texts * length, Configuration.Width);
        for (var layer = 0; layer < Configuration.Layers; layer++)
        {
            x = x + Drop(Attention(Normalized(x, $"h.{layer}.ln_1"), $"h.{layer}.attn", texts, length));
            x = x + Drop(FeedForward(Normalized(x, $"h.{layer}.ln_2"), $"h.{layer}.mlp"));
        }

        return Normalized(x, "ln_f");
    }

    /// <summary>Scores of all next tokens.</summary>
    /// <param name="hidden">Rows of <see cref="Hidden"/>.</param>
    public torch.Tensor Logits(torch.Tensor hidden) => HalfPrecision
        ? functional.linear(Half(hidden), Half(Head)).to(torch.float32)
        : functional.linear(hidden, Head);

    public void Dispose() => Parameters.Dispose();

    private torch.Tensor Attention(torch.Tensor x, string name, long texts, long length)
    {
        long heads = Configuration.Heads;
        var parts = Conv1D(x, $"{name}.c_attn").view(texts, length, 3, heads, Configuration.HeadWidth).permute(2, 0, 3, 1, 4).unbind(0);
        var query = Configuration.ScaledAttention ? parts[0] : parts[0] * Math.Sqrt(Configuration.HeadWidth);
        var mixed = functional.scaled_dot_product_attention(query, parts[1], parts[2], is_casual: true);
        return Conv1D(mixed.transpose(1, 2).reshape(texts * length, Configuration.Width), $"{name}.c_proj");
    }

    private torch.Tensor FeedForward(torch.Tensor x, string name) => Conv1D(Activated(Conv1D(x, $"{name}.c_fc")), $"{name}.c_proj");

    private torch.Tensor Activated(torch.Tensor x) => Configuration.Activation switch
    {
        Gpt2Activation.GeluNew => functional.gelu(x, TorchSharp.Modules.GELU.Approximate.tanh),
        Gpt2Activation.Gelu => functional.gelu(x, TorchSharp.Modules.GELU.Approximate.none),
        Gpt2Activation.Relu => functional.relu(x),
        var other => throw new NotSupportedException($"The activation {other} cannot be trained."),
    };

    // Stored [in, out].
    private torch.Tensor Conv1D(torch.Tensor x, string name)
    {
        var (weight, bias) = (Parameters[$"{name}.weight"], Parameters[$"{name}.bias"]);
        return HalfPrecision ? torch.mm(Half(x), Half(weight)).to(torch.float32) + bias : torch.addmm(bias, x, weight, 1, 1);
    }

    private static torch.Tensor Half(torch.Tensor x) => x.to(torch.bfloat16);

    private torch.Tensor Normalized(torch.Tensor x, string name) => functional.layer_norm(
        x, [Configuration.Width], Parameters[$"{name}.weight"], Parameters[$"{name}.bias"], Configuration.LayerNormEpsilon);

    private torch.Tensor Drop(torch.Tensor x) => Dropout > 0 ? functional.dropout(x, Dropout, training: true) : x;
}
