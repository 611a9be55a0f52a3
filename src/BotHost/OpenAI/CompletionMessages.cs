using System.Text.Json;
using Microsoft.Extensions.AI;

namespace OnnxChat.BotHost.OpenAI;

/// <summary>Reads the messages of a request.</summary>
internal static class CompletionMessages
{
    private const string Name = "messages";

    /// <exception cref="BadParameterException">They are none, or hold what the model cannot read.</exception>
    public static List<ChatMessage> Read(JsonElement messages)
    {
        if (messages.ValueKind != JsonValueKind.Array || messages.GetArrayLength() == 0)
            throw new BadParameterException(Name, "'messages' must be an array with at least one message.");

        List<ChatMessage> read = [];
        foreach (var message in messages.EnumerateArray())
        {
            var path = $"{Name}[{read.Count}]";
            if (message.ValueKind != JsonValueKind.Object)
                throw new BadParameterException(path, $"'{path}' must be an object with role and content.");
            read.Add(new ChatMessage(Role(message, path), Text(message, path)));
        }

        return read.Any(message => message.Role == ChatRole.User)
            ? read
            : throw new BadParameterException(Name, "'messages' holds none of the user; the model answers the last of them.");
    }

    private static ChatRole Role(JsonElement message, string path)
    {
        var role = message.TryGetProperty("role", out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        return role switch
        {
            "system" or "developer" => ChatRole.System,
            "user" => ChatRole.User,
            "assistant" => ChatRole.Assistant,
            _ => throw new BadParameterException($"{path}.role", $"'{path}.role' must be system, developer, user or assistant; tools are not supported."),
        };
    }

    private static string Text(JsonElement message, string path)
    {
        if (!message.TryGetProperty("content", out var content))
            throw new BadParameterException($"{path}.content", $"'{path}.content' is missing.");
        return content.ValueKind switch
        {
            JsonValueKind.String => content.GetString()!,
            JsonValueKind.Null => "",
            JsonValueKind.Array => string.Concat(content.EnumerateArray().Select(part => Part(part, path))),
            _ => throw new BadParameterException($"{path}.content", $"'{path}.content' must be a string or an array of text parts."),
        };
    }

    private static string Part(JsonElement part, string path) =>
        part.ValueKind == JsonValueKind.Object
        && part.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String && type.GetString() == "text"
        && part.TryGetProperty("text", out var text) && text.ValueKind == JsonValueKind.String
            ? text.GetString()!
            : throw new BadParameterException($"{path}.content", $"'{path}.content' has a part that is no text; the model reads text only.");
}
