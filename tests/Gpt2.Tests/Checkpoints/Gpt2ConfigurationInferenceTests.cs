using OnnxChat.Gpt2.Checkpoints;
using OnnxChat.Gpt2.Tests.Checkpoints.Writers;
using OnnxChat.Testing;

namespace OnnxChat.Gpt2.Tests.Checkpoints;

/// <summary>What the shapes of weights tell where no config.json was saved.</summary>
public sealed class Gpt2ConfigurationInferenceTests : IDisposable
{
    private static readonly Gpt2Configuration Shape = new()
    {
        Layers = 3,
        Width = 128,
        Heads = 2,
        Context = 20,
        VocabularySize = 30,
        InnerWidth = 48,
    };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("transformer.")]
    [InlineData("model.model.transformer.")]
    public void Infer_NoHeadsGiven_AssumesTheUsualWidthOfAHead(string prefix) =>
        Assert.Equal(Shape, Infer(TinyModel.Tensors(prefix, Shape)));

    [Fact]
    public void Infer_HeadsGiven_AreTaken() =>
        Assert.Equal(Shape with { Heads = 16 }, Infer(TinyModel.Tensors(configuration: Shape), heads: 16));

    [Fact]
    public void Infer_HeadOfItsOwn_IsNotTied() =>
        Assert.Equal(Shape with { TiedHead = false }, Infer(TinyModel.Tensors(configuration: Shape with { TiedHead = false })));

    [Fact]
    public void Infer_HeadThatEqualsTheEmbedding_IsTied()
    {
        var tensors = TinyModel.Tensors(configuration: Shape);

        Assert.Equal(Shape, Infer([.. tensors, tensors[0] with { Name = "lm_head.weight" }]));
    }

    [Fact]
    public void Infer_Fixture_EqualsItsConfiguration()
    {
        using var checkpoint = Checkpoint.Open(Repository.Fixture("gpt2-tiny", "checkpoints", "pytorch_model.bin"));

        Assert.Equal(Gpt2ConfigurationFile.Read(Repository.Fixture("gpt2-tiny")), Gpt2ConfigurationInference.Infer(checkpoint, 4));
    }

    [Fact]
    public void Infer_WidthThatIsNoMultiple_NamesTheWidthAndTheOption()
    {
        var error = Assert.Throws<CheckpointException>(() => Infer(TinyModel.Tensors(configuration: Shape with { Width = 96 })));

        Assert.Contains("the width is 96, which is not a multiple of 64", error.Message, StringComparison.Ordinal);
        Assert.Contains("--heads", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-2)]
    [InlineData(5)]
    public void Infer_HeadsThatDoNotDivideTheWidth_AreRefused(int heads)
    {
        var error = Assert.Throws<CheckpointException>(() => Infer(TinyModel.Tensors(configuration: Shape), heads));

        Assert.Contains($"the width is 128, which is not a multiple of {heads} heads", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("wpe.weight", "'wpe.weight' is missing")]
    [InlineData("wte.weight", "'wte.weight' is missing")]
    [InlineData("h.0.mlp.c_fc.weight", "'h.0.mlp.c_fc.weight' is missing")]
    public void Infer_TensorMissing_IsNamed(string name, string reason)
    {
        var error = Assert.Throws<CheckpointException>(() => Infer([.. TinyModel.Tensors().Where(t => t.Name != name)], heads: 2));

        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Infer_LayerOfAnAbsurdNumber_IsRefused()
    {
        var error = Assert.Throws<CheckpointException>(() => Infer([.. TinyModel.Tensors(), new TestTensor("h.2000000000.ln_1.bias", [1], [1])], heads: 2));

        Assert.Contains("a layer of number 2000000000; the limit is 512", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Infer_AnotherFamily_IsNamed()
    {
        using var checkpoint = Checkpoint.Open(Repository.Fixture("gpt2-tiny", "bad", "llama.safetensors"));

        var error = Assert.Throws<CheckpointException>(() => Gpt2ConfigurationInference.Infer(checkpoint));

        Assert.Contains("looks like Llama", error.Message, StringComparison.Ordinal);
    }

    private Gpt2Configuration Infer(TestTensor[] tensors, int? heads = null)
    {
        SafeTensorsWriter.Write(_folder["model.safetensors"], tensors);
        using var checkpoint = Checkpoint.Open(_folder["model.safetensors"]);
        return Gpt2ConfigurationInference.Infer(checkpoint, heads);
    }
}
