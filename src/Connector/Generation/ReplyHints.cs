namespace OnnxChat.Connector.Generation;

/// <summary>What is known of a reply before the model writes it.</summary>
/// <param name="Hints">Answers that it may be.</param>
/// <param name="Strength">How much that weighs beside the model; 0 nothing, 1 as much as the model.</param>
internal sealed record ReplyHints(IReadOnlyList<ReplyHint> Hints, double Strength);
