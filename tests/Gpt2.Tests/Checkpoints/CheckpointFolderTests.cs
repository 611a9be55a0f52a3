using OnnxChat.Gpt2.Checkpoints;
using OnnxChat.Gpt2.Tests.Checkpoints.Writers;
using OnnxChat.Testing;

namespace OnnxChat.Gpt2.Tests.Checkpoints;

public sealed class CheckpointFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Open_FolderWithKnownName_PrefersSafeTensors()
    {
        SafeTensorsWriter.Write(_folder["model.safetensors"], TinyModel.Tensors());
        TorchWriter.WriteZip(_folder["pytorch_model.bin"], TinyModel.Tensors());
        using var checkpoint = Checkpoint.Open(_folder.Path);

        Assert.Equal(_folder["model.safetensors"], Assert.Single(checkpoint.Files));
    }

    [Theory]
    [InlineData("best.pt")]
    [InlineData("last.pth")]
    [InlineData("weights.bin")]
    public void Open_FolderWithOneWeightsFile_FindsItBesideTheTrainers(string name)
    {
        TorchWriter.WriteZip(_folder[name], TinyModel.Tensors());
        foreach (var other in new[] { "training_args.bin", "optimizer.pt", "scheduler.pt", "rng_state.pth", "config.json" })
            File.WriteAllText(_folder[other], "x");
        using var checkpoint = Checkpoint.Open(_folder.Path);

        Assert.Equal(_folder[name], Assert.Single(checkpoint.Files));
    }

    [Fact]
    public void Open_IndexOfTorchShards_JoinsThem()
    {
        var tensors = TinyModel.Tensors("transformer.");
        TorchWriter.WriteZip(_folder["pytorch_model-00001-of-00002.bin"], tensors[..5]);
        TorchWriter.WriteLegacy(_folder["pytorch_model-00002-of-00002.bin"], tensors[5..]);
        var map = tensors.Select((tensor, index) => $"\"{tensor.Name}\": \"pytorch_model-0000{(index < 5 ? 1 : 2)}-of-00002.bin\"");
        File.WriteAllText(_folder["pytorch_model.bin.index.json"], "{\"weight_map\": {" + string.Join(", ", map) + "}}");
        using var weights = Gpt2Weights.Open(Checkpoint.Open(_folder.Path), TinyModel.Configuration);

        TinyModel.AssertSame(weights);
    }

    [Fact]
    public void Open_FolderWithTwoWeightsFiles_ListsThem()
    {
        File.WriteAllText(_folder["a.pt"], "");
        File.WriteAllText(_folder["b.pt"], "");

        Refuses(_folder.Path, "a.pt, b.pt");
    }

    [Fact]
    public void Open_FolderWithoutWeights_SaysWhatItHasAndWhatIsExpected()
    {
        File.WriteAllText(_folder["readme.txt"], "");

        Refuses(_folder.Path, "it has readme.txt. Expected model.safetensors");
    }

    [Theory]
    [InlineData("""{"weight_map":{"x":"../outside.safetensors"}}""", "the same folder")]
    [InlineData("""{"weight_map":{"x":"/etc/passwd"}}""", "the same folder")]
    [InlineData("""{"weight_map":{"x":"model.safetensors.index.json"}}""", "the same folder")]
    [InlineData("""{"weight_map":{"x":7}}""", "the same folder")]
    [InlineData("""{"weight_map":{}}""", "names no tensors")]
    [InlineData("""{"weight_map":[]}""", "no 'weight_map'")]
    [InlineData("""{"n_layer":2}""", "no 'weight_map'")]
    [InlineData("[]", "not an object")]
    [InlineData("{", "not valid JSON")]
    [InlineData("""{"weight_map":{"x":"gone.safetensors"}}""", "cannot be opened")]
    [InlineData("""{"weight_map":{"x":"shard.safetensors"}}""", "which does not have it")]
    public void Open_WrongIndex_IsRefused(string index, string reason)
    {
        SafeTensorsWriter.Write(_folder["shard.safetensors"], new TestTensor("y", [1], [1]));
        File.WriteAllText(_folder["model.safetensors.index.json"], index);

        Refuses(_folder.Path, reason);
    }

    [Theory]
    [InlineData("version https://git-lfs.github.com/spec/v1\noid sha256:1\n", "Git LFS pointer")]
    [InlineData("<!DOCTYPE html><html></html>", "a web page")]
    [InlineData("GGUF............", "is GGUF")]
    [InlineData("hello, world", "starts with the bytes 68656C6C6F2C2077")]
    public void Open_OtherKindOfFile_IsNamed(string content, string reason)
    {
        File.WriteAllText(_folder["model.bin"], content);

        Refuses(_folder["model.bin"], reason);
    }

    private static void Refuses(string path, string reason) =>
        Assert.Contains(reason, Assert.Throws<CheckpointException>(() => Checkpoint.Open(path)).Message, StringComparison.Ordinal);
}
