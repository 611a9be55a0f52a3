using OnnxChat.Gpt2.Checkpoints;
using OnnxChat.Gpt2.Tests.Checkpoints.Writers;
using OnnxChat.Testing;

namespace OnnxChat.Gpt2.Tests.Checkpoints;

public sealed class MalformedSafeTensorsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string ModelPath => _folder["model.safetensors"];

    [Theory]
    [InlineData("""{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"y":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}""", "neither overlap nor leave gaps")]
    [InlineData("""{"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"y":{"dtype":"F32","shape":[1],"data_offsets":[8,12]}}""", "neither overlap nor leave gaps")]
    [InlineData("""{"x":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}""", "neither overlap nor leave gaps")]
    [InlineData("""{"x":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}}""", "cut short")]
    [InlineData("""{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", "4 bytes follow the last tensor")]
    [InlineData("""{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,12]}}""", "is given 12 bytes")]
    [InlineData("""{"x":{"dtype":"F32","shape":[4294967296,4294967296,2],"data_offsets":[0,12]}}""", "reaches element")]
    [InlineData("""{"x":{"dtype":"F32","shape":[3],"data_offsets":[0,9223372036854775807]}}""", "cut short")]
    [InlineData("""{"x":{"dtype":"F32","shape":[3],"data_offsets":[0,9223372036854775808]}}""", "describes 'x' wrongly")]
    [InlineData("""{"x":{"dtype":"F32","shape":[-3],"data_offsets":[0,12]}}""", "describes 'x' wrongly")]
    [InlineData("""{"x":{"dtype":"F32","shape":[1.5],"data_offsets":[0,12]}}""", "describes 'x' wrongly")]
    [InlineData("""{"x":{"dtype":"F32","shape":"3","data_offsets":[0,12]}}""", "describes 'x' wrongly")]
    [InlineData("""{"x":{"dtype":"F32","shape":[3],"data_offsets":[0,12,12]}}""", "describes 'x' wrongly")]
    [InlineData("""{"x":{"dtype":"F32","shape":[3]}}""", "describes 'x' wrongly")]
    [InlineData("""{"x":{"dtype":7,"shape":[3],"data_offsets":[0,12]}}""", "describes 'x' wrongly")]
    [InlineData("""{"x":3}""", "describes 'x' wrongly")]
    [InlineData("""{"x":{"dtype":"F8_E4M3","shape":[12],"data_offsets":[0,12]}}""", "is of type 'F8_E4M3'")]
    [InlineData("""{"x":{"dtype":"F32","shape":[3],"data_offsets":[0,12],"more":1}}""", "the format does not know")]
    [InlineData("""{"x":{"dtype":"F32","shape":[3],"data_offsets":[0,12]},"x":{"dtype":"F32","shape":[3],"data_offsets":[0,12]}}""", "'x' twice")]
    [InlineData("""{"x":{"dtype":"F32","shape":[3],"data_offsets":[0,12]}""", "not valid JSON")]
    [InlineData("""{"x":{"dtype":"F32","shape":[3],"data_offsets":[0,12]}}{}""", "not valid JSON")]
    [InlineData("""{"\ud800":{"dtype":"F32","shape":[3],"data_offsets":[0,12]}}""", "not valid JSON")]
    [InlineData("""{"__metadata__":{"format":"pt"}}""", "no tensors")]
    [InlineData("{}", "no tensors")]
    public void Open_WrongHeader_IsRefused(string header, string reason)
    {
        SafeTensorsWriter.WriteRaw(ModelPath, header, new byte[12]);

        Assert.Contains(reason, Assert.Throws<CheckpointException>(() => Checkpoint.Open(ModelPath)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_PaddedHeaderOutOfOrder_IsRead()
    {
        SafeTensorsWriter.WriteRaw(
            ModelPath,
            """{"y":{"shape":[1],"dtype":"F32","data_offsets":[8,12]},"none":{"dtype":"F32","shape":[0,3],"data_offsets":[8,8]},"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}   """,
            new TestTensor("", [], [1, 2, 3]).Bytes);
        using var checkpoint = Checkpoint.Open(ModelPath);

        Assert.Equal([1, 2], checkpoint.Read("x"));
        Assert.Equal([3], checkpoint.Read("y"));
        Assert.Empty(checkpoint.Read("none"));
        Assert.Throws<ArgumentException>(() => checkpoint.Read("z"));
    }
}
