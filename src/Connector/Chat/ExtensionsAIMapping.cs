using Microsoft.Extensions.AI;

namespace OnnxChat.Connector.Chat;

/// <summary>Maps Microsoft.Extensions.AI's messages and options to a single-turn request and its settings.</summary>
internal static class ExtensionsAIMapping
{
    public static ChatRequest ToRequest(IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        var all = messages as IReadOnlyList<ChatMessage> ?? [.. messages];
        var last = all.LastOrDefault(m => m.Role == ChatRole.User)
            ?? throw new ArgumentException("The messages hold none of the user; add a ChatMessage with ChatRole.User.", nameof(messages));
        List<string> systems = [.. all.Where(m => m.Role == ChatRole.System).Select(ToText)];
        if (!string.IsNullOrEmpty(options?.Instructions))
            systems.Insert(0, options.Instructions);
        var earlier = all.Count(m => m.Role != ChatRole.System) - 1;
        return new ChatRequest(ToText(last), systems.Count > 0 ? string.Join('\n', systems) : null, earlier);
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
        };
    }

    private static void RefusePenalty(string name, float? value)
    {
        if (value is not null and not 0)
            throw new NotSupportedException($"ChatOptions.{name} is {value}; the model has a repetition penalty only (OnnxChatPromptExecutionSettings.RepetitionPenalty).");
    }

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
