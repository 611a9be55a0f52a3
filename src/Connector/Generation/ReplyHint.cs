namespace OnnxChat.Connector.Generation;

/// <summary>A way in which a reply may begin.</summary>
/// <param name="Group">Hints of one group say the same in other words.</param>
/// <param name="Probability">How probable it is that the group's answer is wanted, 0 to 1.</param>
/// <param name="Tokens">The reply's first tokens.</param>
internal readonly record struct ReplyHint(int Group, double Probability, int[] Tokens);
