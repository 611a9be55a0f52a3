using System.Text.Json;
using OnnxChat.Testing;

namespace OnnxChat.OnnxRuntimeGenAI.Tests.Packages;

/// <summary>What the reference stack answers greedily with the starter model.</summary>
internal static class KnownAnswer
{
    public static (string Question, string Reply) OfStarter { get; } = Read();

    private static (string Question, string Reply) Read()
    {
        using var fixture = JsonDocument.Parse(File.ReadAllBytes(Repository.Fixture("starter-checkpoint", "generation.json")));
        var item = fixture.RootElement.GetProperty("items")[0];
        return (item.GetProperty("user").GetString()!, item.GetProperty("greedy_text").GetString()!.Trim());
    }
}
