using System.Globalization;

namespace OnnxChat.Connector;

/// <summary>A prompt leaves no room for a reply in the model's context.</summary>
public sealed class OnnxChatPromptTooLongException : ArgumentException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="promptTokens">Tokens of the prompt.</param>
    /// <param name="contextLength">Most tokens of prompt and reply together.</param>
    public OnnxChatPromptTooLongException(int promptTokens, int contextLength)
        : base(string.Create(CultureInfo.InvariantCulture, $"The prompt has {promptTokens} tokens; the model's context holds {contextLength} for prompt and reply together. Shorten the user's text or the system text."))
    {
        PromptTokens = promptTokens;
        ContextLength = contextLength;
    }

    /// <summary>Tokens of the prompt, template and system text included.</summary>
    public int PromptTokens { get; }

    /// <summary>Most tokens that prompt and reply may have together.</summary>
    public int ContextLength { get; }
}
