namespace OnnxChat.ModelTools.Evaluate.Conversations;

/// <summary>A line of the input that is not measured, and why.</summary>
/// <param name="Line">Its number, from 1.</param>
/// <param name="Reason">A sentence.</param>
internal sealed record BadLine(int Line, string Reason);
