using System.Text;

namespace OnnxChat.Gpt2.Tests.Checkpoints.Writers;

/// <summary>Writes pickles of protocol 2, opcode by opcode.</summary>
internal sealed class PickleWriter
{
    private readonly List<byte> _bytes = [];

    public PickleWriter() => Raw(0x80, 2);

    public byte[] ToArray() => [.. _bytes];

    public PickleWriter Raw(params byte[] bytes)
    {
        _bytes.AddRange(bytes);
        return this;
    }

    public PickleWriter Op(char opcode) => Raw((byte)opcode);

    public PickleWriter Text(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return Raw([(byte)'X', .. BitConverter.GetBytes(bytes.Length), .. bytes]);
    }

    public PickleWriter Integer(long value) => Raw([0x8a, 8, .. BitConverter.GetBytes(value)]);

    public PickleWriter Integers(params long[] values)
    {
        Op('(');
        foreach (var value in values)
            Integer(value);
        return Op('t');
    }

    public PickleWriter Global(string module, string name) => Raw([(byte)'c', .. Encoding.UTF8.GetBytes($"{module}\n{name}\n")]);

    public PickleWriter OrderedDict() => Global("collections", "OrderedDict").Raw((byte)')', (byte)'R');

    /// <summary>A dictionary around what <paramref name="items"/> writes: keys and values in turn.</summary>
    public PickleWriter Dictionary(Action<PickleWriter> items)
    {
        Op('}').Op('(');
        items(this);
        return Op('u');
    }

    public PickleWriter Tensor(
        string key, long elements, long[] shape, long[] strides, long offset = 0, string storage = "FloatStorage", bool isLegacy = false)
    {
        Global("torch._utils", "_rebuild_tensor_v2").Op('(');
        Op('(').Text("storage").Global("torch", storage).Text(key).Text("cpu").Integer(elements);
        if (isLegacy)
            Op('N');
        Op('t').Op('Q');
        return Integer(offset).Integers(shape).Integers(strides).Raw(0x89).OrderedDict().Op('t').Op('R');
    }

    public PickleWriter Stop() => Op('.');
}
