namespace OnnxChat.BotHost.Bot.Feedback;

/// <summary>What a customer thinks of a reply.</summary>
/// <param name="IsPositive">Thumbs up.</param>
/// <param name="ReplyId">The reply's activity id, or that of the question; null where the channel does not say.</param>
/// <param name="Comment">The customer's words, where the channel asks for some.</param>
internal sealed record CustomerFeedback(bool IsPositive, string? ReplyId, string? Comment);
