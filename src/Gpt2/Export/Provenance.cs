namespace OnnxChat.Gpt2.Export;

/// <summary>Where a model folder came from.</summary>
/// <param name="Checkpoint">The checkpoint's file name.</param>
/// <param name="CheckpointSha256">The SHA-256 of that file, in lower-case hexadecimal digits.</param>
/// <param name="Precision">The form of the matrices.</param>
/// <param name="Tool">The tool that wrote the folder, with its version: <c>onnxchat 0.1.0</c>.</param>
/// <param name="Verification">What was measured; null where the model was not verified.</param>
public sealed record Provenance(
    string Checkpoint, string CheckpointSha256, ModelPrecision Precision, string Tool, VerificationResult? Verification)
{
    /// <summary>What the configuration was read or told from, in words; null where the writer does not say.</summary>
    public string? Configuration { get; init; }
}
