namespace OnnxChat.Gpt2.Checkpoints.SafeTensors;

/// <summary>A tensor as the header describes it; not yet checked against the file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="ElementType">Type of its elements.</param>
/// <param name="Shape">Its dimensions.</param>
/// <param name="Begin">First byte, counted from the end of the header.</param>
/// <param name="End">The byte after its last one.</param>
internal sealed record SafeTensorsEntry(string Name, CheckpointElementType ElementType, long[] Shape, long Begin, long End);
