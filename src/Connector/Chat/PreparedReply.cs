using OnnxChat.Connector.Generation;

namespace OnnxChat.Connector.Chat;

/// <summary>A request that is ready to run, and what of the conversation is no part of its prompt.</summary>
/// <param name="Request">What to generate.</param>
/// <param name="MessagesLeftOut">Messages.</param>
/// <param name="TokensLeftOut">Tokens that the last user's text was cut by.</param>
internal sealed record PreparedReply(GenerationRequest Request, int MessagesLeftOut, int TokensLeftOut);
