using OnnxChat.Connector;

namespace OnnxChat.ModelTools.Chat;

/// <summary>A complete reply.</summary>
/// <param name="Text">The reply, without white space around it.</param>
/// <param name="Confidence">How sure the model was.</param>
internal sealed record ChatReply(string Text, OnnxChatConfidence? Confidence);
