using System.Text.Json;
using OnnxChat.Testing;

namespace OnnxChat.EndToEnd;

/// <summary>A question, and what the checkpoint of the starter model replies to it in the reference stack.</summary>
internal sealed record StarterConversation(string Question, string Reply)
{
    public static IReadOnlyList<StarterConversation> All { get; } = Read();

    public static StarterConversation About(string question) => All.Single(conversation => conversation.Question == question);

    private static List<StarterConversation> Read()
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(Repository.Fixture("starter-checkpoint", "generation.json")));
        return [.. json.RootElement.GetProperty("items").EnumerateArray().Select(item => new StarterConversation(
            item.GetProperty("user").GetString()!,
            item.GetProperty("greedy_text").GetString()!.Trim()))];
    }
}
