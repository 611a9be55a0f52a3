namespace OnnxChat.Connector.Generation;

/// <summary>What is known of a reply before the model writes it.</summary>
/// <param name="Hints">Ways in which it may begin.</param>
/// <param name="Strength">How much that weighs beside the model; 0 nothing, 1 as much as the model.</param>
internal sealed record ReplyHints(IReadOnlyList<ReplyHint> Hints, double Strength);
