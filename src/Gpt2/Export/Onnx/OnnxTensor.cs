namespace OnnxChat.Gpt2.Export.Onnx;

/// <summary>An initializer: its bytes are here (<see cref="Inline"/>) or in the external data file.</summary>
internal sealed record OnnxTensor(string Name, OnnxDataType Type, IReadOnlyList<long> Shape)
{
    /// <summary>Row-major, little endian.</summary>
    public ReadOnlyMemory<byte> Inline { get; init; }

    public ExternalRange? External { get; init; }
}
