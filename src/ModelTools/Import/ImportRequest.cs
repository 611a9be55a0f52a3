using OnnxChat.Gpt2.Export;

namespace OnnxChat.ModelTools.Import;

/// <summary>What to import, and where to.</summary>
/// <param name="Checkpoint">A checkpoint file, or a folder that holds one.</param>
/// <param name="Config">The model's <c>config.json</c>; null for the one beside the weights, or what their shapes tell.</param>
/// <param name="Heads">Attention heads, for weights without a <c>config.json</c>; null for 64 wide each.</param>
/// <param name="Tokenizer">A folder with <c>tokenizer.json</c>, or <c>vocab.json</c> and <c>merges.txt</c>.</param>
/// <param name="Output">The model folder to make.</param>
/// <param name="Precision">How matrices are stored.</param>
/// <param name="Template">A file with the prompt template; null for the card's.</param>
/// <param name="Name">The model's name; null for the output folder's.</param>
/// <param name="Replace">Whether an existing output folder may be replaced.</param>
internal sealed record ImportRequest(
    string Checkpoint, string? Config, int? Heads, string Tokenizer, string Output, ModelPrecision Precision, string? Template, string? Name, bool Replace);
