using OnnxChat.Gpt2.Checkpoints;
using OnnxChat.Gpt2.Tests.Checkpoints.Writers;
using OnnxChat.Testing;

namespace OnnxChat.Gpt2.Tests.Checkpoints;

/// <summary>What a configuration and a checkpoint must agree on.</summary>
public sealed class Gpt2WeightsTests : IDisposable
{
    private static readonly Gpt2Configuration Tied = TinyModel.Configuration;
    private static readonly Gpt2Configuration Untied = Tied with { TiedHead = false };
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_UntiedHead_IsTheFilesOwn()
    {
        using var weights = Open(Untied, TinyModel.Tensors("transformer.", Untied));

        TinyModel.AssertSame(weights);
        Assert.NotEqual(weights.Read("wte.weight"), weights.Read("lm_head.weight"));
    }

    [Fact]
    public void Read_HeadEqualToTheEmbedding_IsTied()
    {
        var tensors = TinyModel.Tensors();
        using var weights = Open(Tied, [.. tensors, tensors[0] with { Name = "lm_head.weight" }]);

        TinyModel.AssertSame(weights);
        Assert.Throws<ArgumentException>(() => weights.Read("lm_head.weight"));
    }

    [Fact]
    public void Open_TiedConfigurationWithAnotherHead_IsRefused() =>
        Refuses(Tied, TinyModel.Tensors("transformer.", Untied), "'transformer.lm_head.weight' differs from 'transformer.wte.weight'");

    [Fact]
    public void Open_UntiedConfigurationWithoutHead_IsRefused() => Refuses(Untied, TinyModel.Tensors(), "'tie_word_embeddings' is false");

    [Fact]
    public void Open_MaskBuffers_AreIgnored()
    {
        using var weights = Open(Tied, [.. TinyModel.Tensors(), new("h.0.attn.bias", [1, 1, 1, 1], [1]), new("h.0.attn.masked_bias", [], [-1e4f])]);

        TinyModel.AssertSame(weights);
    }

    [Fact]
    public void Open_MoreLayersThanConfigured_IsRefused() =>
        Refuses(Tied, TinyModel.Tensors("", Tied with { Layers = 2 }), "12 tensors that a GPT-2 of 1 layers does not");

    [Fact]
    public void Open_FewerLayersThanConfigured_NamesTheFirstMissing() =>
        Refuses(Tied with { Layers = 3 }, TinyModel.Tensors(), "24 of 40 tensors are missing: h.1.ln_1.weight, h.1.ln_1.bias,");

    [Fact]
    public void Open_OtherWidth_NamesBothShapes() =>
        Refuses(Tied with { InnerWidth = 8 }, TinyModel.Tensors(), "'h.0.mlp.c_fc.weight' is [4, 6], the configuration needs [4, 8]");

    [Fact]
    public void Open_LinearLayout_SaysHowToTranspose()
    {
        var tensors = TinyModel.Tensors();
        var index = Array.FindIndex(tensors, tensor => tensor.Name == "h.0.attn.c_attn.weight");
        tensors[index] = tensors[index] with { Shape = [12, 4] };

        Refuses(Tied, tensors, "nn.Linear");
    }

    [Fact]
    public void Open_OneNameUnderTwoPrefixes_IsRefused() =>
        Refuses(Tied, [.. TinyModel.Tensors(), new("model.wte.weight", [1], [1])], "both 'wte.weight' and 'model.wte.weight'");

    [Theory]
    [InlineData("bert.encoder.layer.0.attention.self.query.weight", "BERT")]
    [InlineData("transformer.h.0.attn.q_proj.weight", "GPT-J")]
    [InlineData("gpt_neox.layers.0.attention.query_key_value.weight", "GPT-NeoX")]
    [InlineData("model.decoder.layers.0.self_attn.q_proj.weight", "OPT")]
    [InlineData("base_model.model.transformer.h.0.attn.c_attn.lora_A.weight", "a LoRA adapter")]
    public void Open_OtherArchitecture_IsNamed(string tensor, string family) => Refuses(Tied, [new(tensor, [1], [1])], $"looks like {family}");

    [Theory]
    [InlineData(float.NaN, "NaN")]
    [InlineData(float.PositiveInfinity, "infinite")]
    [InlineData(float.NegativeInfinity, "infinite")]
    public void Read_NotFinite_NamesTensorAndIndex(float value, string word)
    {
        var tensors = TinyModel.Tensors("transformer.");
        tensors[1].Values[7] = value;
        using var weights = Open(Tied, tensors);

        var exception = Assert.Throws<CheckpointException>(() => weights.Read("wpe.weight"));
        Assert.Contains($"'transformer.wpe.weight' is {word} at index 7 of 12", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_FileCutAfterOpening_IsRefused()
    {
        using var weights = Open(Tied, TinyModel.Tensors());
        using (var file = new FileStream(_folder["model.safetensors"], FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
            file.SetLength(100);

        Assert.Contains("cut short", Assert.Throws<CheckpointException>(() => weights.Read("ln_f.bias")).Message, StringComparison.Ordinal);
    }

    private Gpt2Weights Open(Gpt2Configuration configuration, TestTensor[] tensors)
    {
        SafeTensorsWriter.Write(_folder["model.safetensors"], tensors);
        var checkpoint = Checkpoint.Open(_folder.Path);
        try
        {
            return Gpt2Weights.Open(checkpoint, configuration);
        }
        catch
        {
            checkpoint.Dispose();
            throw;
        }
    }

    private void Refuses(Gpt2Configuration configuration, TestTensor[] tensors, string reason) =>
        Assert.Contains(reason, Assert.Throws<CheckpointException>(() => Open(configuration, tensors)).Message, StringComparison.Ordinal);
}
