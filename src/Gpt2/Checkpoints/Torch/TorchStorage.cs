namespace OnnxChat.Gpt2.Checkpoints.Torch;

/// <summary>A storage as a pickle names it; not yet known to be in the file.</summary>
/// <param name="ElementType">Type of its elements.</param>
/// <param name="Key">The zip entry's name, or the id in a legacy file.</param>
/// <param name="Elements">Elements in the storage.</param>
/// <param name="ViewOffset">Elements before the part that is meant (legacy files before PyTorch 0.4).</param>
internal sealed record TorchStorage(CheckpointElementType ElementType, string Key, long Elements, long ViewOffset);
