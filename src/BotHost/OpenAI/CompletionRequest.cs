using Microsoft.Extensions.AI;

namespace OnnxChat.BotHost.OpenAI;

/// <summary>What a caller of <c>/v1/chat/completions</c> asks for.</summary>
internal sealed record CompletionRequest(string Model, IReadOnlyList<ChatMessage> Messages, ChatOptions Options, bool Stream, bool IncludeUsage);
