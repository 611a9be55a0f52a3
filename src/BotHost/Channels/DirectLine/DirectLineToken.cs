namespace OnnxChat.BotHost.Channels.DirectLine;

/// <summary>What a token says: who may do what in which conversation, and until when.</summary>
internal sealed record DirectLineToken(string ConversationId, string UserId, DirectLineTokenUse Use, DateTimeOffset Expires);
