using System.IO.Compression;
using OnnxChat.Gpt2.Checkpoints;
using OnnxChat.Gpt2.Tests.Checkpoints.Writers;
using OnnxChat.Testing;

namespace OnnxChat.Gpt2.Tests.Checkpoints;

/// <summary>Pickles that do more than describe a state dict, or pretend to.</summary>
public sealed class PickleRefusalTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("builtins", "eval", "'builtins.eval', which would run as code")]
    [InlineData("os", "system", "'os.system', which would run as code")]
    [InlineData("torch._utils", "_rebuild_tensor_v2.__globals__", "would run as code")]
    [InlineData("collections", "OrderedDict.__init__", "would run as code")]
    [InlineData("torch", "load", "'torch.load', which would run as code")]
    [InlineData("__main__", "Model", "whole module or object ('__main__.Model')")]
    [InlineData("transformers.models.gpt2.modeling_gpt2", "GPT2LMHeadModel", "whole module or object")]
    public void Open_OtherName_IsRefusedByName(string module, string name, string reason)
    {
        Refuses(new PickleWriter().Global(module, name).Op(')').Op('R').Stop(), reason);
        Refuses(new PickleWriter().Text(module).Text(name).Raw(0x93).Op(')').Op('R').Stop(), reason);
    }

    [Theory]
    [InlineData('i')]
    [InlineData('o')]
    [InlineData('P')]
    [InlineData('I')]
    [InlineData('\u0081')]
    [InlineData('\u0082')]
    [InlineData('\u0092')]
    public void Open_OtherOpcode_IsRefused(char opcode) =>
        Refuses(new PickleWriter().Op('(').OrderedDict().Op(')').Raw((byte)opcode), $"opcode 0x{(int)opcode:x2}");

    [Fact]
    public void Open_StackUnderflow_IsRefused() => Refuses(new PickleWriter().Op('R'), "empty stack");

    [Fact]
    public void Open_UnknownMemo_IsRefused() => Refuses(new PickleWriter().Raw((byte)'h', 9).Stop(), "recalls value 9");

    [Fact]
    public void Open_NoMark_IsRefused() => Refuses(new PickleWriter().Op('t').Stop(), "never opened");

    [Fact]
    public void Open_OddItems_IsRefused() => Refuses(new PickleWriter().Op('}').Op('(').Text("x").Op('u').Stop(), "key without a value");

    [Fact]
    public void Open_ListThatHoldsItself_IsRefused() =>
        Refuses(new PickleWriter().Op(']').Raw((byte)'q', 0).Raw((byte)'h', 0).Op('a').Stop(), "no dictionary of tensors");

    [Fact]
    public void Open_DictionaryThatWrapsItself_IsRefused() =>
        Refuses(new PickleWriter().Op('}').Raw((byte)'q', 0).Text("model").Raw((byte)'h', 0).Op('s').Stop(), "no tensors");

    [Fact]
    public void Open_AttributesOfSomethingElse_IsRefused() => Refuses(new PickleWriter().Op(']').Op('}').Op('b').Stop(), "OrderedDict must be");

    [Fact]
    public void Open_PickleThatEndsEarly_IsRefused() => Refuses(new PickleWriter().Op('}'), "cut short");

    [Fact]
    public void Open_BigEndian_IsRefused()
    {
        TorchWriter.WriteZip(_folder["big.bin"], new PickleWriter().Op('}').Stop().ToArray(), [], byteOrder: "big");

        Assert.Contains("byte order", Assert.Throws<CheckpointException>(() => Checkpoint.Open(_folder["big.bin"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_CompressedZip_IsRefused()
    {
        TorchWriter.WriteZip(_folder["packed.bin"], new byte[1000], [], CompressionLevel.SmallestSize);

        Assert.Contains("is compressed", Assert.Throws<CheckpointException>(() => Checkpoint.Open(_folder["packed.bin"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_PlainPickle_IsRefused()
    {
        File.WriteAllBytes(_folder["plain.bin"], new PickleWriter().Op('}').Stop().ToArray());

        Assert.Contains("not one of torch.save", Assert.Throws<CheckpointException>(() => Checkpoint.Open(_folder["plain.bin"])).Message, StringComparison.Ordinal);
    }

    private void Refuses(PickleWriter pickle, string reason)
    {
        var path = _folder[$"{Guid.NewGuid():N}.bin"];
        TorchWriter.WriteZip(path, pickle.ToArray(), []);

        Assert.Contains(reason, Assert.Throws<CheckpointException>(() => Checkpoint.Open(path)).Message, StringComparison.Ordinal);
    }
}
