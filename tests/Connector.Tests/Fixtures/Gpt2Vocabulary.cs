using System.Text.Json;
using OnnxChat.Connector.Tokenization;

namespace OnnxChat.Connector.Tests.Fixtures;

/// <summary>GPT-2's vocabulary of 50,257 tokens, with the control tokens that the oracle's tokenizers had.</summary>
internal static class Gpt2Vocabulary
{
    private static readonly Dictionary<string, int> Controls = new()
    {
        ["<|endoftext|>"] = 50256,
        ["<|USER|>"] = 50257,
        ["<|SYSTEM|>"] = 50258,
        ["<|ASSISTANT|>"] = 50259,
        ["<|End|>"] = 50260,
        ["[PAD]"] = 50261,
    };

    public static ByteLevelTokenizer Load()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "gpt2");
        var vocabulary = JsonSerializer.Deserialize<Dictionary<string, int>>(File.ReadAllBytes(Path.Combine(folder, "encoder.json")))!;
        var merges = File.ReadAllLines(Path.Combine(folder, "vocab.bpe")).Skip(1).Where(line => line.Length > 0).ToList();
        return new ByteLevelTokenizer(new TokenizerFile(vocabulary, merges, Controls));
    }
}
