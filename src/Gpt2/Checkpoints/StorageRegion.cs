namespace OnnxChat.Gpt2.Checkpoints;

/// <summary>A run of bytes in a file that tensors are views of; callers have checked that it is inside the file.</summary>
/// <param name="File">The file.</param>
/// <param name="Start">Offset of the first byte.</param>
/// <param name="Bytes">Length in bytes.</param>
internal readonly record struct StorageRegion(CheckpointFile File, long Start, long Bytes);
