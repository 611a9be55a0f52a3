using OnnxChat.Gpt2.Checkpoints;
using OnnxChat.Gpt2.Tests.Checkpoints.Writers;
using OnnxChat.Testing;

namespace OnnxChat.Gpt2.Tests.Checkpoints;

/// <summary>Weights under prefixes and inside the dictionaries that training scripts save.</summary>
public sealed class WrappedStateDictTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string ModelPath => _folder["model.bin"];

    [Theory]
    [InlineData("")]
    [InlineData("transformer.")]
    [InlineData("module.transformer.")]
    [InlineData("_orig_mod.transformer.")]
    [InlineData("model.transformer.")]
    [InlineData("model.model.transformer.")]
    [InlineData("model._orig_mod.module.transformer.")]
    [InlineData("module._orig_mod.transformer.")]
    public void Open_PrefixedNames_AreFound(string prefix)
    {
        SafeTensorsWriter.Write(_folder["model.safetensors"], TinyModel.Tensors(prefix));
        using var weights = Gpt2Weights.Open(Checkpoint.Open(_folder.Path), TinyModel.Configuration);

        TinyModel.AssertSame(weights);
    }

    [Theory]
    [InlineData("state_dict")]
    [InlineData("model_state_dict")]
    [InlineData("model")]
    public void Open_WrappedBesideAnOptimizer_GivesTheModel(string key)
    {
        TorchWriter.WriteZip(ModelPath, TinyModel.Tensors("model.transformer."), (pickle, state) => pickle.Dictionary(items =>
        {
            items.Text("epoch").Integer(3);
            items.Text("optimizer_state_dict").Dictionary(optimizer => optimizer
                .Text("state").Dictionary(entries => entries.Integer(0).Tensor("0", 20, [20], [1]))
                .Text("param_groups").Op(']'));
            items.Text(key);
            state(items);
        }));
        using var weights = Gpt2Weights.Open(Checkpoint.Open(ModelPath), TinyModel.Configuration);

        TinyModel.AssertSame(weights);
    }

    [Fact]
    public void Open_LightningCheckpoint_GivesTheModel()
    {
        TorchWriter.WriteZip(ModelPath, TinyModel.Tensors("model._orig_mod.transformer."), (pickle, state) => pickle.Dictionary(items =>
        {
            items.Text("pytorch-lightning_version").Text("2.4.0").Text("global_step").Integer(10).Text("state_dict");
            state(items);
            items.Text("callbacks").Dictionary(_ => { }).Text("lr_schedulers").Op(']').Text("hyper_parameters").Op('N');
        }));
        using var weights = Gpt2Weights.Open(Checkpoint.Open(ModelPath), TinyModel.Configuration);

        TinyModel.AssertSame(weights);
    }

    [Fact]
    public void Open_WrappedTwice_GivesTheModel()
    {
        TorchWriter.WriteZip(ModelPath, TinyModel.Tensors("_orig_mod.transformer."), (pickle, state) => pickle.Dictionary(items =>
        {
            items.Text("trainer_state").Dictionary(trainer => trainer.Text("global_step").Integer(10));
            items.Text("model").Dictionary(model =>
            {
                model.Text("state_dict");
                state(model);
            });
            items.Text("optimizer").Dictionary(optimizer => optimizer.Text("exp_avg").Tensor("0", 20, [20], [1]));
        }));
        using var weights = Gpt2Weights.Open(Checkpoint.Open(ModelPath), TinyModel.Configuration);

        TinyModel.AssertSame(weights);
    }

    [Fact]
    public void Open_TensorsInAnotherOrderAndAHeadOfItsOwn_GivesTheModel()
    {
        var untied = TinyModel.Configuration with { TiedHead = false };
        TorchWriter.WriteZip(ModelPath, [.. TinyModel.Tensors(configuration: untied).Reverse()]);
        using var checkpoint = Checkpoint.Open(ModelPath);
        using var weights = Gpt2Weights.Open(checkpoint, Gpt2ConfigurationInference.Infer(checkpoint, heads: 2));

        Assert.False(weights.Configuration.TiedHead);
        TinyModel.AssertSame(weights);
    }

    [Fact]
    public void Open_LegacyFile_GivesTheModel()
    {
        TorchWriter.WriteLegacy(ModelPath, TinyModel.Tensors("module."));
        using var weights = Gpt2Weights.Open(Checkpoint.Open(ModelPath), TinyModel.Configuration);

        TinyModel.AssertSame(weights);
    }

    [Fact]
    public void Open_StateDictWithMetadataAttribute_GivesTheModel()
    {
        // model.state_dict() has a _metadata attribute, which pickle writes with BUILD.
        TorchWriter.WriteZip(ModelPath, TinyModel.Tensors(), (pickle, state) =>
        {
            state(pickle);
            pickle.Dictionary(items => items.Text("_metadata").OrderedDict()).Op('b');
        });
        using var weights = Gpt2Weights.Open(Checkpoint.Open(ModelPath), TinyModel.Configuration);

        TinyModel.AssertSame(weights);
    }

    [Fact]
    public void Open_TwoWrappedModels_AsksWhichOne()
    {
        TorchWriter.WriteZip(ModelPath, TinyModel.Tensors(), (pickle, state) => pickle.Dictionary(items =>
        {
            items.Text("model");
            state(items);
            items.Text("state_dict");
            state(items);
        }));

        var exception = Assert.Throws<CheckpointException>(() => Checkpoint.Open(ModelPath));
        Assert.Contains("both 'state_dict' and 'model'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_NoTensors_ListsTheKeys()
    {
        TorchWriter.WriteZip(ModelPath, new PickleWriter().Dictionary(items => items.Text("epoch").Integer(1)).Stop().ToArray(), []);

        Assert.Contains("it has 'epoch'", Assert.Throws<CheckpointException>(() => Checkpoint.Open(ModelPath)).Message, StringComparison.Ordinal);
    }
}
