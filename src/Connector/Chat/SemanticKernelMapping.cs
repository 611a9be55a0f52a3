using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;
using OnnxChat.Connector.Prompting;

namespace OnnxChat.Connector.Chat;

/// <summary>Maps Semantic Kernel's chat history to a request.</summary>
internal static class SemanticKernelMapping
{
    public static ChatRequest ToRequest(ChatHistory history, string? system)
    {
        List<ChatMessageContent> said = [.. history.Where(m => !IsSystem(m))];
        var last = said.FindLastIndex(m => m.Role == AuthorRole.User);
        if (last < 0)
            throw new ArgumentException("The chat history has no user message; add one with AddUserMessage.", nameof(history));
        List<Turn> turns = [.. said.Take(last).Where(IsTurn).Select(ToTurn), new Turn(TurnRole.User, ToText(said[last]))];
        var systems = history.Where(IsSystem).Select(ToText).ToList();
        return new ChatRequest(turns, systems.Count > 0 ? string.Join('\n', systems) : system, said.Count - turns.Count);
    }

    private static bool IsSystem(ChatMessageContent message) => message.Role == AuthorRole.System || message.Role == AuthorRole.Developer;

    // A reply without text asked for a function.
    private static bool IsTurn(ChatMessageContent message) =>
        message.Role == AuthorRole.User || (message.Role == AuthorRole.Assistant && !string.IsNullOrEmpty(message.Content));

    // An earlier message may hold what the model cannot read; it matters only where it becomes part of the prompt.
    private static Turn ToTurn(ChatMessageContent message)
    {
        var ofUser = message.Role == AuthorRole.User;
        return new Turn(ofUser ? TurnRole.User : TurnRole.Assistant, string.Concat(message.Items.OfType<TextContent>().Select(t => t.Text)))
        {
            Unreadable = message.Items.FirstOrDefault(i => i is not TextContent && (ofUser || i is not FunctionCallContent))?.GetType().Name,
        };
    }

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
