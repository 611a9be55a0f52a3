using OnnxChat.Gpt2.Export;

namespace OnnxChat.Training.Export;

/// <summary>What to export, and where to.</summary>
/// <param name="Run">A run's folder.</param>
/// <param name="Output">The model folder to make.</param>
/// <param name="Precision">How matrices are stored.</param>
/// <param name="Name">The model's name; null for the output folder's.</param>
/// <param name="Replace">Whether an existing output folder may be replaced.</param>
internal sealed record ExportRequest(string Run, string Output, ModelPrecision Precision, string? Name, bool Replace);
