namespace OnnxChat.Connector;

/// <summary>What happens to a question that is too long for the model's context.</summary>
public enum OnnxChatPromptOverflow
{
    /// <summary>It is refused with <see cref="OnnxChatPromptTooLongException"/>.</summary>
    Refuse,

    /// <summary>
    /// The last user's text loses characters at its beginning until the prompt and the reply fit: the requested tokens, 128
    /// where none are, at most half of the context. Metadata counts the tokens as <c>OnnxChat.TokensLeftOut</c>.
    /// </summary>
    TruncateUser,
}
