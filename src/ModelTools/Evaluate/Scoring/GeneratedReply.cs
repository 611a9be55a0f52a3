namespace OnnxChat.ModelTools.Evaluate.Scoring;

/// <summary>What a model answered.</summary>
/// <param name="Text">The reply as a caller of the service sees it.</param>
/// <param name="Tokens">How many tokens the model gave, end token included.</param>
/// <param name="Ended">Whether the model ended the reply itself; false where a limit did.</param>
/// <param name="Confidence">Mean log-probability of its tokens, in nats.</param>
internal sealed record GeneratedReply(string Text, int Tokens, bool Ended, double Confidence);
