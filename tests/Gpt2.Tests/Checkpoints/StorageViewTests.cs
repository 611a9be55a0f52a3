using OnnxChat.Gpt2.Checkpoints;
using OnnxChat.Gpt2.Tests.Checkpoints.Writers;
using OnnxChat.Testing;

namespace OnnxChat.Gpt2.Tests.Checkpoints;

/// <summary>Tensors as views of storages: strided, shared, of every element type, and reaching too far.</summary>
public sealed class StorageViewTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_TransposedView_IsInRowMajorOrder()
    {
        using var checkpoint = Save([1, 2, 3, 4, 5, 6], [3, 2], [1, 3]);

        Assert.Equal([1, 4, 2, 5, 3, 6], checkpoint.Read("x"));
    }

    [Fact]
    public void Read_SlicedView_StartsAtItsOffset()
    {
        using var checkpoint = Save([1, 2, 3, 4, 5, 6, 7, 8], [2, 2], [4, 1], offset: 2);

        Assert.Equal([3, 4, 7, 8], checkpoint.Read("x"));
    }

    [Fact]
    public void Read_ContiguousTensorLargerThanAPiece_IsWhole()
    {
        var values = Enumerable.Range(0, 700_001).Select(value => (float)value).ToArray();
        using var checkpoint = Save(values, [values.Length], [1]);

        Assert.Equal(values, checkpoint.Read("x"));
    }

    [Fact]
    public void Read_Scalar_HasOneElement()
    {
        using var checkpoint = Save([7], [], []);

        Assert.Equal([7], checkpoint.Read("x"));
        Assert.Empty(checkpoint.Tensors.Single().Shape);
    }

    [Fact]
    public void Read_TwoTensorsOfOneStorage_GiveBoth()
    {
        var pickle = new PickleWriter().Dictionary(items => items
            .Text("first").Tensor("0", 4, [2], [1])
            .Text("second").Tensor("0", 4, [2], [1], offset: 2)).Stop();
        using var checkpoint = Save(pickle, [.. Floats(1, 2, 3, 4)]);

        Assert.Equal([1, 2], checkpoint.Read("first"));
        Assert.Equal([3, 4], checkpoint.Read("second"));
    }

    [Theory]
    [InlineData("DoubleStorage", CheckpointElementType.F64, "000000000000F83F000000000000F0BF")]
    [InlineData("FloatStorage", CheckpointElementType.F32, "0000C03F000080BF")]
    [InlineData("HalfStorage", CheckpointElementType.F16, "003E00BC")]
    [InlineData("BFloat16Storage", CheckpointElementType.BF16, "C03F80BF")]
    public void Read_FloatingStorage_IsConverted(string storage, CheckpointElementType type, string bytes)
    {
        using var checkpoint = Save(storage, Convert.FromHexString(bytes));

        Assert.Equal(type, checkpoint.Tensors.Single().ElementType);
        Assert.Equal([1.5f, -1f], checkpoint.Read("x"));
    }

    [Theory]
    [InlineData("LongStorage", "0300000000000000FEFFFFFFFFFFFFFF", -2)]
    [InlineData("IntStorage", "03000000FEFFFFFF", -2)]
    [InlineData("ShortStorage", "0300FEFF", -2)]
    [InlineData("CharStorage", "03FE", -2)]
    [InlineData("ByteStorage", "03FE", 254)]
    [InlineData("BoolStorage", "0300", 0)]
    public void Read_IntegerStorage_IsConverted(string storage, string bytes, float second)
    {
        using var checkpoint = Save(storage, Convert.FromHexString(bytes));

        Assert.Equal([storage == "BoolStorage" ? 1 : 3, second], checkpoint.Read("x"));
    }

    [Theory]
    [InlineData(new long[] { 3 }, new long[] { 1 }, 0, "reaches element 2")]
    [InlineData(new long[] { 2 }, new long[] { 1 }, 1, "reaches element 2")]
    [InlineData(new long[] { 2 }, new long[] { long.MaxValue }, 0, "reaches element")]
    [InlineData(new long[] { long.MaxValue, long.MaxValue }, new long[] { 0, 0 }, 0, "repeats its storage")]
    [InlineData(new long[] { 1 }, new long[] { 1 }, long.MaxValue, "reaches element")]
    [InlineData(new long[] { 1 }, new long[] { 1 }, -1, "negative")]
    [InlineData(new long[] { -1 }, new long[] { 1 }, 0, "negative")]
    [InlineData(new long[] { 2 }, new long[] { -1 }, 0, "negative")]
    [InlineData(new long[] { 2 }, new long[] { 1, 1 }, 0, "1 dimensions and 2 strides")]
    [InlineData(new long[] { 1, 1, 1, 1, 1, 1, 1, 1, 1 }, new long[] { 1, 1, 1, 1, 1, 1, 1, 1, 1 }, 0, "9 dimensions")]
    public void Open_ViewOutsideItsStorage_IsRefused(long[] shape, long[] strides, long offset, string reason)
    {
        var exception = Assert.Throws<CheckpointException>(() => Save([1, 2], shape, strides, offset));

        Assert.Contains(reason, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_StorageShorterThanItSays_IsRefused()
    {
        var pickle = new PickleWriter().Dictionary(items => items.Text("x").Tensor("0", 100, [2], [1])).Stop();

        Assert.Contains("too few", Assert.Throws<CheckpointException>(() => Save(pickle, Floats(1, 2))).Message, StringComparison.Ordinal);
    }

    private Checkpoint Save(float[] values, long[] shape, long[] strides, long offset = 0) =>
        Save(new PickleWriter().Dictionary(items => items.Text("x").Tensor("0", values.Length, shape, strides, offset)).Stop(), Floats(values));

    private Checkpoint Save(string storage, byte[] bytes) =>
        Save(new PickleWriter().Dictionary(items => items.Text("x").Tensor("0", 2, [2], [1], storage: storage)).Stop(), bytes);

    private Checkpoint Save(PickleWriter pickle, byte[] storage)
    {
        TorchWriter.WriteZip(_folder["model.bin"], pickle.ToArray(), [storage]);
        return Checkpoint.Open(_folder["model.bin"]);
    }

    private static byte[] Floats(params float[] values) => new TestTensor("", [], values).Bytes;
}
