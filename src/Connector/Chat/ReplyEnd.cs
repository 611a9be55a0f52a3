using Microsoft.Extensions.AI;
using OnnxChat.Connector.Generation;

namespace OnnxChat.Connector.Chat;

/// <summary>How a reply ended.</summary>
/// <param name="Finish">Why.</param>
/// <param name="PromptTokens">Tokens of the prompt.</param>
/// <param name="ReplyTokens">Tokens generated, the end token included.</param>
/// <param name="LeftOut">Messages that were no part of the prompt.</param>
/// <param name="TokensLeftOut">Tokens that the last user's text was cut by.</param>
/// <param name="Confidence">How sure the model was.</param>
internal sealed record ReplyEnd(GenerationFinish Finish, int PromptTokens, int ReplyTokens, int LeftOut, int TokensLeftOut, OnnxChatConfidence Confidence)
{
    public ChatFinishReason Reason => Finish == GenerationFinish.Stop ? ChatFinishReason.Stop : ChatFinishReason.Length;

    public UsageDetails Usage => new()
    {
        InputTokenCount = PromptTokens,
        OutputTokenCount = ReplyTokens,
        TotalTokenCount = PromptTokens + ReplyTokens,
    };
}
