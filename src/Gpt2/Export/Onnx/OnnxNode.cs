namespace OnnxChat.Gpt2.Export.Onnx;

/// <summary>One operator of the graph. An empty input or output name leaves that place out.</summary>
internal sealed record OnnxNode(
    string Name,
    string Operator,
    string Domain,
    IReadOnlyList<string> Inputs,
    IReadOnlyList<string> Outputs,
    IReadOnlyList<OnnxAttribute> Attributes);
