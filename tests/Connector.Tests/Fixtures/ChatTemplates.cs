using System.Text.Json;
using OnnxChat.Testing;

namespace OnnxChat.Connector.Tests.Fixtures;

/// <summary>Chat templates of several model families, and what Jinja makes of some conversations.</summary>
internal sealed record ChatTemplates(string Name, string Template, IReadOnlyDictionary<string, string> Tokens, IReadOnlyList<ChatTemplates.Conversation> Conversations)
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static IReadOnlyList<ChatTemplates> All { get; } =
        JsonSerializer.Deserialize<ChatTemplates[]>(File.ReadAllBytes(Repository.Fixture("chat-templates.json")), Json)!;

    public static ChatTemplates Find(string name) => All.Single(t => t.Name == name);

    public sealed record Conversation(IReadOnlyList<Message> Messages, string? Prompt, string? Raises);

    public sealed record Message(string Role, string Content);
}
