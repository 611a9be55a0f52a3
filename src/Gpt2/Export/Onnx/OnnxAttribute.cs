namespace OnnxChat.Gpt2.Export.Onnx;

/// <summary>A node's attribute: an integer or a 32-bit float, the only kinds that our graphs use.</summary>
internal sealed record OnnxAttribute
{
    private OnnxAttribute(string name) => Name = name;

    public string Name { get; }

    public long? Integer { get; private init; }

    public float? Number { get; private init; }

    public static OnnxAttribute Of(string name, long value) => new(name) { Integer = value };

    public static OnnxAttribute Of(string name, float value) => new(name) { Number = value };
}
