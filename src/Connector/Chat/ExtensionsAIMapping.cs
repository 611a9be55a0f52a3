using Microsoft.Extensions.AI;
using OnnxChat.Connector.Prompting;

namespace OnnxChat.Connector.Chat;

/// <summary>Maps Microsoft.Extensions.AI's messages and options to a request and its settings.</summary>
internal static class ExtensionsAIMapping
{
    // Options of this service that ChatOptions has no property for.
    private const string PromptOverflowKey = "prompt_overflow";

    public static ChatRequest ToRequest(IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        var all = messages as IReadOnlyList<ChatMessage> ?? [.. messages];
        List<ChatMessage> said = [.. all.Where(m => m.Role != ChatRole.System)];
        var last = said.FindLastIndex(m => m.Role == ChatRole.User);
        if (last < 0)
            throw new ArgumentException("The messages hold none of the user; add a ChatMessage with ChatRole.User.", nameof(messages));
        List<Turn> turns = [.. said.Take(last).Where(IsTurn).Select(ToTurn), new Turn(TurnRole.User, ToText(said[last]))];
        List<string> systems = [.. all.Where(m => m.Role == ChatRole.System).Select(ToText)];
        if (!string.IsNullOrEmpty(options?.Instructions))
            systems.Insert(0, options.Instructions);
        return new ChatRequest(turns, systems.Count > 0 ? string.Join('\n', systems) : null, said.Count - turns.Count);
    }

    public static ReplySettings ToSettings(ChatOptions? options)
    {
        if (options is null)
            return new ReplySettings();
        RefusePenalty(nameof(options.FrequencyPenalty), options.FrequencyPenalty);
        RefusePenalty(nameof(options.PresencePenalty), options.PresencePenalty);
        if (options.ToolMode is RequiredChatToolMode)
            throw new NotSupportedException("ChatOptions.ToolMode requires a tool call; the model cannot call functions.");
        return new ReplySettings
        {
            MaxTokens = options.MaxOutputTokens,
            Temperature = options.Temperature,
            TopK = options.TopK,
            TopP = options.TopP,
            Seed = options.Seed,
            StopSequences = [.. options.StopSequences ?? []],
            PromptOverflow = options.AdditionalProperties is { } others && others.TryGetValue(PromptOverflowKey, out var overflow)
                ? ExecutionSettingsReader.ReadPromptOverflow(PromptOverflowKey, overflow)
                : null,
        };
    }

    private static void RefusePenalty(string name, float? value)
    {
        if (value is not null and not 0)
            throw new NotSupportedException($"ChatOptions.{name} is {value}; the model has a repetition penalty only (OnnxChatPromptExecutionSettings.RepetitionPenalty).");
    }

    private static bool IsTurn(ChatMessage message) => message.Role == ChatRole.User || message.Role == ChatRole.Assistant;

    // An earlier message may hold what the model cannot read; it matters only where it becomes part of the prompt.
    private static Turn ToTurn(ChatMessage message) => new(message.Role == ChatRole.User ? TurnRole.User : TurnRole.Assistant, message.Text)
    {
        Unreadable = message.Contents.FirstOrDefault(c => c is not TextContent)?.GetType().Name,
    };

    private static string ToText(ChatMessage message)
    {
        foreach (var content in message.Contents)
        {
            if (content is not TextContent)
                throw new NotSupportedException($"A {message.Role} message holds {content.GetType().Name}; the model reads text only.");
        }

        return message.Text;
    }
}
