namespace OnnxChat.Gpt2.Export.Onnx;

/// <summary>A whole graph, ready to be written; nodes stand in the order they run in.</summary>
internal sealed record OnnxGraph(
    string Name,
    IReadOnlyList<OnnxNode> Nodes,
    IReadOnlyList<OnnxTensor> Initializers,
    IReadOnlyList<OnnxValue> Inputs,
    IReadOnlyList<OnnxValue> Outputs);
