namespace OnnxChat.ModelTools.Evaluate.Conversations;

/// <summary>What was read of an input.</summary>
internal sealed record ConversationSet(IReadOnlyList<Conversation> Conversations, IReadOnlyList<BadLine> BadLines);
