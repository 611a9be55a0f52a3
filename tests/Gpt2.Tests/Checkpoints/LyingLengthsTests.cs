using System.Buffers.Binary;
using OnnxChat.Gpt2.Checkpoints;
using OnnxChat.Gpt2.Tests.Checkpoints.Writers;
using OnnxChat.Testing;

namespace OnnxChat.Gpt2.Tests.Checkpoints;

/// <summary>Small files that claim a lot are refused before anything is allocated for them.</summary>
public sealed class LyingLengthsTests : IDisposable
{
    private const long Allowed = 8 << 20;
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string ModelPath => _folder["model"];

    [Theory]
    [InlineData(ulong.MaxValue)]
    [InlineData(1UL << 40)]
    [InlineData(99_000_000UL)]
    public void Open_SafeTensorsHeaderOfTerabytes_IsRefusedAtOnce(ulong length)
    {
        var bytes = new byte[64];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, length);
        bytes[8] = (byte)'{';
        RefusesCheaply(bytes);
    }

    [Fact]
    public void Open_SafeTensorsTensorOfTerabytes_IsRefusedAtOnce()
    {
        SafeTensorsWriter.WriteRaw(ModelPath, """{"x":{"dtype":"F32","shape":[1099511627776],"data_offsets":[0,4398046511104]}}""", new byte[4]);
        RefusesCheaply();
    }

    [Theory]
    [InlineData(new byte[] { (byte)'X', 0xff, 0xff, 0xff, 0xff })]
    [InlineData(new byte[] { (byte)'X', 0xff, 0xff, 0xff, 0x7f })]
    [InlineData(new byte[] { (byte)'B', 0xff, 0xff, 0xff, 0xff })]
    [InlineData(new byte[] { (byte)'T', 0xff, 0xff, 0xff, 0xff })]
    [InlineData(new byte[] { 0x8a, 0xff })]
    public void Open_PickledStringOfGigabytes_IsRefusedAtOnce(byte[] opcode)
    {
        TorchWriter.WriteZip(ModelPath, new PickleWriter().Raw(opcode).ToArray(), []);
        RefusesCheaply();
    }

    [Fact]
    public void Open_PickledTensorOfTerabytes_IsRefusedAtOnce()
    {
        var pickle = new PickleWriter().Dictionary(items => items.Text("x").Tensor("0", 1L << 60, [1L << 40], [1])).Stop();
        TorchWriter.WriteZip(ModelPath, pickle.ToArray(), [new byte[4]]);
        RefusesCheaply();
    }

    [Fact]
    public void Open_LegacyStorageOfTerabytes_IsRefusedAtOnce()
    {
        TorchWriter.WriteLegacy(ModelPath, [new TestTensor("x", [1], [1])]);
        var bytes = File.ReadAllBytes(ModelPath);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(bytes.Length - 12), 1L << 60);
        RefusesCheaply(bytes);
    }

    [Fact]
    public void Open_PickleOfManyValues_StaysWithinItsBound()
    {
        // One byte a value: without a bound each would cost dozens.
        var pickle = new byte[12 << 20];
        Array.Fill(pickle, (byte)'}');
        TorchWriter.WriteZip(ModelPath, pickle, []);
        RefusesCheaply(allowed: (4L * pickle.Length) + (64 << 20), reason: "more than 500000 values");
    }

    private void RefusesCheaply(byte[] bytes)
    {
        File.WriteAllBytes(ModelPath, bytes);
        RefusesCheaply();
    }

    private void RefusesCheaply(long allowed = Allowed, string reason = "")
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var exception = Assert.Throws<CheckpointException>(() => Checkpoint.Open(ModelPath));
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Contains(reason, exception.Message, StringComparison.Ordinal);
        Assert.InRange(allocated, 0, allowed);
    }
}
