using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;

namespace OnnxChat.Connector.Chat;

/// <summary>Maps Semantic Kernel's chat history to a single-turn request.</summary>
internal static class SemanticKernelMapping
{
    public static ChatRequest ToRequest(ChatHistory history, string? system)
    {
        var last = history.LastOrDefault(m => m.Role == AuthorRole.User)
            ?? throw new ArgumentException("The chat history has no user message; add one with AddUserMessage.", nameof(history));
        var systems = history.Where(IsSystem).Select(ToText).ToList();
        var earlier = history.Count(m => !IsSystem(m)) - 1;
        return new ChatRequest(ToText(last), systems.Count > 0 ? string.Join('\n', systems) : system, earlier);
    }

    private static bool IsSystem(ChatMessageContent message) => message.Role == AuthorRole.System || message.Role == AuthorRole.Developer;

    private static string ToText(ChatMessageContent message)
    {
        foreach (var item in message.Items)
        {
            if (item is not TextContent)
                throw new NotSupportedException($"A {message.Role.Label} message holds {item.GetType().Name}; the model reads text only.");
        }

        return string.Concat(message.Items.Cast<TextContent>().Select(t => t.Text));
    }
}
