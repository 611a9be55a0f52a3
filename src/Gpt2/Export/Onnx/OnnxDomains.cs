namespace OnnxChat.Gpt2.Export.Onnx;

/// <summary>Operator sets by name.</summary>
internal static class OnnxDomains
{
    public const string Onnx = "";

    /// <summary>ONNX Runtime's own operators (ContribOperators.md).</summary>
    public const string Microsoft = "com.microsoft";
}
