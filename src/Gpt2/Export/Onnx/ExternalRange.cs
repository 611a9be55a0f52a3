namespace OnnxChat.Gpt2.Export.Onnx;

/// <summary>Where a tensor's bytes lie in the external data file.</summary>
internal readonly record struct ExternalRange(long Offset, long Length);
