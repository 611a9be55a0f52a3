using System.Runtime.InteropServices;
using System.Security.Cryptography;
using OnnxChat.Gpt2.Checkpoints;
using OnnxChat.Testing;

namespace OnnxChat.Gpt2.Tests.Checkpoints;

/// <summary>One set of weights in every form that PyTorch and transformers save.</summary>
public class CheckpointFormsTests
{
    private static readonly Gpt2Configuration Tiny = Gpt2ConfigurationFile.Read(Repository.Fixture("gpt2-tiny", "config.json"));

    [Theory]
    [InlineData("wte.weight", "223ffbfce44d3f589f4c90a9a9b7621226b3508a7f8d9b426e540635d5b1fb85")]
    [InlineData("h.1.mlp.c_proj.weight", "c24c92b9c9400a82593c847a8c7ef4a64dc03502105ba240b62c7de0b9fc65c0")]
    [InlineData("ln_f.bias", "89f6b863dc8905f01ba30722006a11b792f50a1e4908fc5a6ed62c489a020b81")]
    public void Read_SafeTensors_HasTheBytesThatPythonReads(string name, string sha256)
    {
        using var weights = Open("model.safetensors");

        Assert.Equal(sha256, Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(weights.Read(name).AsSpan()))));
    }

    [Theory]
    [InlineData("pytorch_model.bin", 0)]
    [InlineData("legacy.bin", 0)]
    [InlineData("fp16-no-prefix.bin", 1 / 2048.0)]
    [InlineData("data-parallel.bin", 1 / 2048.0)]
    [InlineData("training-checkpoint.bin", 1 / 2048.0)]
    [InlineData("sharded", 1 / 2048.0)]
    [InlineData("sharded/model.safetensors.index.json", 1 / 2048.0)]
    [InlineData("bf16.safetensors", 1 / 256.0)]
    public void Open_EveryForm_GivesTheSameWeights(string form, double relativeError)
    {
        using var expected = Open("model.safetensors");
        using var actual = Open(form);

        foreach (var name in Gpt2TensorShapes.Of(Tiny).Keys)
        {
            var left = expected.Read(name);
            var right = actual.Read(name);
            Assert.Equal(left.Length, right.Length);
            for (var index = 0; index < left.Length; index++)
            {
                // Half has no smaller step than 2^-24.
                var limit = relativeError == 0 ? 0 : (Math.Abs(left[index]) * relativeError) + Math.Pow(2, -24);
                Assert.True(Math.Abs(left[index] - right[index]) <= limit, $"{name}[{index}]: {left[index]} and {right[index]}");
            }
        }
    }

    [Fact]
    public void ComputeSha256_OfAFile_IsThatOfItsBytes()
    {
        using var checkpoint = Checkpoint.Open(Path.Combine(Folder, "model.safetensors"));

        Assert.Equal("a496c4fb4dd90b44f5ec5307020ae3559baa1a421a1666d9eb35a36e7ff0f8b2", checkpoint.ComputeSha256(TestContext.Current.CancellationToken));
    }

    [Fact]
    public void ComputeSha256_OfShards_IsThatOfTheirBytesInTheOrderOfNames()
    {
        using var checkpoint = Checkpoint.Open(Path.Combine(Folder, "sharded"));

        Assert.Equal(3, checkpoint.Files.Count);
        Assert.Equal("ed42e06f9932f0e9c4547020f62a6a7596587e87877a535393acfd7e407dc77e", checkpoint.ComputeSha256(TestContext.Current.CancellationToken));
    }

    [Fact]
    public void ComputeSha256_Cancelled_Stops()
    {
        using var checkpoint = Checkpoint.Open(Path.Combine(Folder, "model.safetensors"));

        Assert.Throws<OperationCanceledException>(() => checkpoint.ComputeSha256(new CancellationToken(canceled: true)));
    }

    [Fact]
    public void Open_StarterCheckpoint_IsComplete()
    {
        var configuration = Gpt2ConfigurationFile.Read(Repository.Fixture("starter-checkpoint"));
        using var weights = Gpt2Weights.Open(Checkpoint.Open(Repository.Fixture("starter-checkpoint")), configuration);

        foreach (var (name, shape) in Gpt2TensorShapes.Of(configuration))
            Assert.Equal(shape.Aggregate(1L, (product, length) => product * length), weights.Read(name).Length);
    }

    private static string Folder => Repository.Fixture("gpt2-tiny", "checkpoints");

    private static Gpt2Weights Open(string form) => Gpt2Weights.Open(Checkpoint.Open(Path.Combine(Folder, form)), Tiny);
}
