namespace OnnxChat.Gpt2.Export;

/// <summary>How far the writing of a model has come.</summary>
/// <param name="Tensor">The weight that was just written, by its Hugging Face name.</param>
/// <param name="Written">Weights written so far, this one included.</param>
/// <param name="Total">Weights in all.</param>
public sealed record ExportProgress(string Tensor, int Written, int Total);
