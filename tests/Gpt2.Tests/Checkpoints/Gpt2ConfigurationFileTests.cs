using OnnxChat.Gpt2.Checkpoints;
using OnnxChat.Testing;

namespace OnnxChat.Gpt2.Tests.Checkpoints;

public sealed class Gpt2ConfigurationFileTests : IDisposable
{
    private const string Needed = "\"n_layer\": 2, \"n_head\": 4, \"n_embd\": 64, \"n_positions\": 256, \"vocab_size\": 1005";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_Fixture_GivesItsValues()
    {
        Assert.Equal(
            new Gpt2Configuration
            {
                Layers = 2,
                Width = 64,
                Heads = 4,
                Context = 256,
                VocabularySize = 1005,
                InnerWidth = 256,
                LayerNormEpsilon = 1e-5,
                Activation = Gpt2Activation.GeluNew,
                TiedHead = true,
            },
            Gpt2ConfigurationFile.Read(Repository.Fixture("gpt2-tiny", "config.json")));
    }

    [Fact]
    public void Read_Folder_FindsTheFile() => Assert.Equal(4, Gpt2ConfigurationFile.Read(Repository.Fixture("starter-checkpoint")).Layers);

    [Theory]
    [InlineData("gelu_new", Gpt2Activation.GeluNew)]
    [InlineData("gelu_fast", Gpt2Activation.GeluNew)]
    [InlineData("gelu_pytorch_tanh", Gpt2Activation.GeluNew)]
    [InlineData("gelu", Gpt2Activation.Gelu)]
    [InlineData("relu", Gpt2Activation.Relu)]
    public void Read_Activation_IsMapped(string name, Gpt2Activation expected) =>
        Assert.Equal(expected, Read($"{{{Needed}, \"activation_function\": \"{name}\"}}").Activation);

    [Fact]
    public void Read_OptionalValues_AreTaken()
    {
        var configuration = Read("""
            {"n_layer": 1, "n_head": 1, "n_embd": 8, "n_ctx": 32, "vocab_size": 9, "n_inner": 20, "layer_norm_epsilon": 1e-6,
             "tie_word_embeddings": false, "scale_attn_weights": false}
            """);

        Assert.Equal((32, 20, 1e-6, false), (configuration.Context, configuration.InnerWidth, configuration.LayerNormEpsilon, configuration.TiedHead));
        Assert.Equal(1, configuration.AttentionScale);
    }

    [Theory]
    [InlineData("\"model_type\": \"llama\"", "'model_type' is 'llama'")]
    [InlineData("\"model_type\": 7", "'model_type' is 7")]
    [InlineData("\"scale_attn_by_inverse_layer_idx\": true", "'scale_attn_by_inverse_layer_idx' is true")]
    [InlineData("\"reorder_and_upcast_attn\": true", "'reorder_and_upcast_attn' is true")]
    [InlineData("\"add_cross_attention\": true", "'add_cross_attention' is true")]
    [InlineData("\"scale_attn_weights\": 0", "'scale_attn_weights' is 0; it must be true or false")]
    [InlineData("\"activation_function\": \"silu\"", "'activation_function' is 'silu'; supported are gelu_new")]
    [InlineData("\"n_head\": 5", "'n_embd' is 64, which is not a multiple of 'n_head', 5")]
    [InlineData("\"n_head\": 0", "'n_head' is 0; it must be an integer from 1")]
    [InlineData("\"n_layer\": null", "'n_layer' is missing")]
    [InlineData("\"n_layer\": 1e9", "'n_layer' is 1e9; it must be an integer from 1 to 512")]
    [InlineData("\"n_layer\": 2.5", "'n_layer' is 2.5")]
    [InlineData("\"n_layer\": \"2\"", "'n_layer' is \"2\"")]
    [InlineData("\"n_positions\": -1", "'n_positions' is -1")]
    [InlineData("\"vocab_size\": 99999999999", "'vocab_size' is 99999999999")]
    [InlineData("\"n_inner\": 0", "'n_inner' is 0")]
    [InlineData("\"layer_norm_epsilon\": 0", "'layer_norm_epsilon' is 0; it must be a number from 1E-12 to 0.1")]
    [InlineData("\"tie_word_embeddings\": \"yes\"", "'tie_word_embeddings' is \"yes\"; it must be true or false")]
    public void Read_UnsupportedValue_IsRefusedByName(string value, string reason) => Refuses($"{{{Needed}, {value}}}", reason);

    [Theory]
    [InlineData("", "not valid JSON")]
    [InlineData("{", "not valid JSON")]
    [InlineData("[]", "not an object")]
    [InlineData("{}", "'n_embd' is missing")]
    [InlineData("{\"model_type\": \"\\ud800\"}", "not valid JSON")]
    public void Read_MalformedFile_IsRefused(string text, string reason) => Refuses(text, reason);

    [Fact]
    public void Read_MissingFile_IsRefused() =>
        Assert.Contains("cannot be opened", Assert.Throws<CheckpointException>(() => Gpt2ConfigurationFile.Read(_folder.Path)).Message, StringComparison.Ordinal);

    private Gpt2Configuration Read(string text)
    {
        File.WriteAllText(_folder["config.json"], text);
        return Gpt2ConfigurationFile.Read(_folder["config.json"]);
    }

    private void Refuses(string text, string reason)
    {
        var exception = Assert.Throws<CheckpointException>(() => Read(text));
        Assert.Contains(reason, exception.Message, StringComparison.Ordinal);
        Assert.StartsWith(_folder["config.json"], exception.Message, StringComparison.Ordinal);
    }
}
