namespace OnnxChat.ModelTools.Evaluate.Conversations;

/// <summary>A question with the answer that is wanted.</summary>
/// <param name="Line">Where it stands in the input, from 1.</param>
/// <param name="User">The question.</param>
/// <param name="Assistant">The wanted answer.</param>
/// <param name="System">The system text; null for the template's own.</param>
internal sealed record Conversation(int Line, string User, string Assistant, string? System);
