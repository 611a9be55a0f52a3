namespace OnnxChat.Gpt2.Checkpoints;

/// <summary>A tensor of a checkpoint, not yet read.</summary>
/// <param name="Name">The name that the file gives it, prefixes included.</param>
/// <param name="ElementType">How its elements are stored.</param>
/// <param name="Shape">Its dimensions, outermost first; empty for a scalar; at most 8.</param>
public sealed record CheckpointTensor(string Name, CheckpointElementType ElementType, IReadOnlyList<long> Shape);
