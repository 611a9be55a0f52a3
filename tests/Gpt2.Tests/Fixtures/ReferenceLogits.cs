using System.Text.Json;

namespace OnnxChat.Gpt2.Tests.Fixtures;

/// <summary>What the reference stack gave for the prompts of gpt2-tiny.</summary>
internal static class ReferenceLogits
{
    private static readonly SafetensorsFixture File = new("gpt2-tiny", "logits.safetensors");

    /// <summary>Token ids of the 44 prompts.</summary>
    public static int[][] Prompts { get; } = ReadPrompts();

    /// <summary>The logits after each prompt's last token.</summary>
    public static float[][] Last { get; } = File.ReadRows("last_logits");

    /// <summary>The logits after every token of prompt 0 or 40.</summary>
    public static float[][] All(int prompt) => File.ReadRows($"all_logits_{prompt}");

    private static int[][] ReadPrompts()
    {
        using var document = JsonDocument.Parse(System.IO.File.ReadAllBytes(Testing.Repository.Fixture("gpt2-tiny", "generation.json")));
        return [.. document.RootElement.GetProperty("items").EnumerateArray()
            .Select(item => item.GetProperty("prompt_ids").EnumerateArray().Select(id => id.GetInt32()).ToArray())];
    }
}
