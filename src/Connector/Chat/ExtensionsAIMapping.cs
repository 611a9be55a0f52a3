using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel;
using OnnxChat.Connector.Prompting;

namespace OnnxChat.Connector.Chat;

/// <summary>Maps Microsoft.Extensions.AI's messages and options to a request and its settings.</summary>
internal static class ExtensionsAIMapping
{
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

    /// <param name="options">Null for the defaults.</param>
    /// <param name="ignored">Settings that are left out, each with the reason.</param>
    /// <exception cref="NotSupportedException">A setting that the model cannot honour and that must not be dropped silently.</exception>
    public static ReplySettings ToSettings(ChatOptions? options, out IReadOnlyList<IgnoredSetting> ignored)
    {
        ignored = [];
        if (options is null)
            return new ReplySettings();
        RefusePenalty(nameof(options.FrequencyPenalty), options.FrequencyPenalty);
        RefusePenalty(nameof(options.PresencePenalty), options.PresencePenalty);
        if (options.ToolMode is RequiredChatToolMode)
            throw new NotSupportedException("ChatOptions.ToolMode requires a tool call; the model cannot call functions.");
        if (options.ResponseFormat is ChatResponseFormatJson)
            throw new NotSupportedException("ChatOptions.ResponseFormat asks for JSON; the model answers in plain text. Leave it out, or use ChatResponseFormat.Text.");

        var others = ReadAdditional(options, out var unknown);
        List<IgnoredSetting> leftOut = [.. unknown];
        if (options.Tools is { Count: > 0 } && options.ToolMode is not NoneChatToolMode)
            leftOut.Add(IgnoredSetting.Functions("ChatOptions.Tools"));
        ignored = leftOut;
        return others with
        {
            MaxTokens = options.MaxOutputTokens ?? others.MaxTokens,
            Temperature = options.Temperature ?? others.Temperature,
            TopK = options.TopK ?? others.TopK,
            TopP = options.TopP ?? others.TopP,
            Seed = options.Seed ?? others.Seed,
            StopSequences = options.StopSequences is { } stops ? [.. stops] : others.StopSequences,
        };
    }

    // What ChatOptions has no property for, by the names of execution settings.
    private static ReplySettings ReadAdditional(ChatOptions options, out IReadOnlyList<IgnoredSetting> ignored)
    {
        ignored = [];
        if (options.AdditionalProperties is not { Count: > 0 } properties)
            return new ReplySettings();
        var values = properties.Where(p => p.Value is not null).ToDictionary(p => p.Key, p => p.Value!);
        return OnnxChatPromptExecutionSettings.FromExecutionSettings(new PromptExecutionSettings { ExtensionData = values }, out ignored).ToReplySettings();
    }

    private static void RefusePenalty(string name, float? value)
    {
        if (value is not null and not 0)
            throw new NotSupportedException($"ChatOptions.{name} is {value}; the model has a repetition penalty only (OnnxChatPromptExecutionSettings.RepetitionPenalty).");
    }

    // A reply without text asked for a tool.
    private static bool IsTurn(ChatMessage message) =>
        message.Role == ChatRole.User || (message.Role == ChatRole.Assistant && message.Text.Length > 0);

    // An earlier message may hold what the model cannot read; it matters only where it becomes part of the prompt.
    private static Turn ToTurn(ChatMessage message)
    {
        var ofUser = message.Role == ChatRole.User;
        return new Turn(ofUser ? TurnRole.User : TurnRole.Assistant, message.Text)
        {
            Unreadable = message.Contents.FirstOrDefault(c => ofUser ? c is not Microsoft.Extensions.AI.TextContent : c is DataContent or UriContent)?.GetType().Name,
        };
    }

    private static string ToText(ChatMessage message)
    {
        foreach (var content in message.Contents)
        {
            if (content is not Microsoft.Extensions.AI.TextContent)
                throw new NotSupportedException($"A {message.Role} message holds {content.GetType().Name}; the model reads text only.");
        }

        return message.Text;
    }
}
