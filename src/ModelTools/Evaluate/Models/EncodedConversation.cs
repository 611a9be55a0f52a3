namespace OnnxChat.ModelTools.Evaluate.Models;

/// <summary>A conversation in a model's tokens.</summary>
/// <param name="Tokens">Prompt, wanted answer, end token.</param>
/// <param name="PromptLength">Tokens of the prompt, at least one.</param>
internal readonly record struct EncodedConversation(int[] Tokens, int PromptLength);
