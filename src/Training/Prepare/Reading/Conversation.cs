using System.Text.Json;
using OnnxChat.Training.Samples;

namespace OnnxChat.Training.Prepare.Reading;

/// <summary>A conversation of several turns as questions, each with the answer that follows it.</summary>
internal static class Conversation
{
    /// <param name="messages">A JSON list of objects with <c>role</c> and <c>content</c>.</param>
    /// <param name="system">Instructions where no message has any; null for none.</param>
    /// <param name="fault">What is wrong with it; null for nothing.</param>
    public static IReadOnlyList<Sample> Read(string messages, string? system, out string? fault)
    {
        fault = null;
        try
        {
            using var document = JsonDocument.Parse(messages);
            return Pair(document.RootElement, messages, system);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            fault = """its messages are no list such as [{"role": "user", "content": "Hello"}, {"role": "assistant", "content": "Good morning."}]""";
            return [];
        }
    }

    private static List<Sample> Pair(JsonElement turns, string messages, string? system)
    {
        var samples = new List<Sample>();
        string? question = null;
        foreach (var turn in turns.EnumerateArray())
        {
            var content = turn.GetProperty("content").GetString();
            switch (turn.GetProperty("role").GetString())
            {
                case "system" or "developer":
                    system = content;
                    break;
                case "user":
                    // What a customer sends in several messages before an answer is one question.
                    question = question is null ? content : $"{question}\n{content}";
                    break;
                case "assistant" when question is not null && content is not null:
                    samples.Add(new Sample(question, content) { System = system, Group = $"conversation:{SeededRandom.Hash(0, messages):x16}" });
                    question = null;
                    break;
            }
        }

        return samples;
    }
}
