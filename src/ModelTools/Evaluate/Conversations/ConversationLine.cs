using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace OnnxChat.ModelTools.Evaluate.Conversations;

/// <summary>Reads one line of input.</summary>
internal static class ConversationLine
{
    /// <returns>False where the line is no conversation; <paramref name="reason"/> says why.</returns>
    public static bool TryParse(string line, int number, [NotNullWhen(true)] out Conversation? conversation, [NotNullWhen(false)] out string? reason)
    {
        conversation = null;
        try
        {
            using var document = JsonDocument.Parse(line);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
            {
                reason = "It is no JSON object.";
                return false;
            }

            reason = Check(root, "user", required: true) ?? Check(root, "assistant", required: true) ?? Check(root, "system", required: false)
                ?? Check(root, "topic", required: false) ?? Check(root, "group", required: false) ?? CheckFlag(root, "declined");
            if (reason is not null)
                return false;
            conversation = new Conversation(number, Text(root, "user")!, Text(root, "assistant")!, Text(root, "system"))
            {
                Topic = Text(root, "topic"),
                Group = Text(root, "group"),
                Declined = root.TryGetProperty("declined", out var declined) && declined.ValueKind == JsonValueKind.True,
            };
            return true;
        }
        catch (JsonException e)
        {
            reason = $"It is no JSON: {e.Message}";
            return false;
        }
    }

    private static string? Check(JsonElement root, string name, bool required)
    {
        if (!root.TryGetProperty(name, out var value) || (!required && value.ValueKind == JsonValueKind.Null))
            return required ? $"\"{name}\" is missing." : null;
        if (value.ValueKind != JsonValueKind.String)
            return $"\"{name}\" is no text.";
        return required && string.IsNullOrWhiteSpace(value.GetString()) ? $"\"{name}\" is empty." : null;
    }

    private static string? CheckFlag(JsonElement root, string name) =>
        !root.TryGetProperty(name, out var value) || value.ValueKind is JsonValueKind.True or JsonValueKind.False or JsonValueKind.Null ? null : $"\"{name}\" is neither true nor false.";

    private static string? Text(JsonElement root, string name) => root.TryGetProperty(name, out var value) ? value.GetString() : null;
}
