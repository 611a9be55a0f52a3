using OnnxChat.Connector;

namespace OnnxChat.ModelTools.Evaluate.Scoring;

/// <summary>What a model answered.</summary>
/// <param name="Text">The reply as a caller of the service sees it.</param>
/// <param name="Tokens">How many tokens the model gave, end token included.</param>
/// <param name="Ended">Whether the model ended the reply itself; false where a limit did.</param>
/// <param name="Confidence">How sure the model was; without a score.</param>
internal sealed record GeneratedReply(string Text, int Tokens, bool Ended, OnnxChatConfidence Confidence);
