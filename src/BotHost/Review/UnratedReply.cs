namespace OnnxChat.BotHost.Review;

internal sealed record UnratedReply(string Language, string Question, string Answer);
