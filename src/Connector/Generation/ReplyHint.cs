namespace OnnxChat.Connector.Generation;

/// <summary>An answer that a reply may be.</summary>
/// <param name="Probability">How probable it is that this answer is wanted, 0 to 1.</param>
/// <param name="Starts">The first tokens of each of its wordings.</param>
internal readonly record struct ReplyHint(double Probability, IReadOnlyList<int[]> Starts);
