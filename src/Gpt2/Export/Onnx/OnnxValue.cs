namespace OnnxChat.Gpt2.Export.Onnx;

/// <summary>An input or output of the graph.</summary>
internal sealed record OnnxValue(string Name, OnnxDataType Type, IReadOnlyList<OnnxDimension> Shape);
