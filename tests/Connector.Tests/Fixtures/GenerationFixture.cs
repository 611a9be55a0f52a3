using System.Text.Json;
using OnnxChat.Testing;

namespace OnnxChat.Connector.Tests.Fixtures;

/// <summary>What the reference stack generated for 44 texts.</summary>
internal sealed record GenerationFixture(IReadOnlyList<GenerationFixture.Item> Items)
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static GenerationFixture Load() => JsonSerializer.Deserialize<GenerationFixture>(
        File.ReadAllBytes(Repository.Fixture("gpt2-tiny", "generation.json")),
        Json)!;

    public sealed record Item(string User, string Prompt, int[] PromptIds, int[] GreedyIds, int[][] SampledIds);
}
