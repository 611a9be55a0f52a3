using System.Text.Json;
using OnnxChat.Connector.Tokenization;

namespace OnnxChat.Connector.Tests.Fixtures;

/// <summary>GPT-2's vocabulary of 50,257 tokens, with the control tokens that the oracle's tokenizers had.</summary>
internal static class Gpt2Vocabulary
{
    private static readonly AddedToken[] Controls =
    [
        new(50256, "<|endoftext|>"),
        new(50257, "<|USER|>"),
        new(50258, "<|SYSTEM|>"),
        new(50259, "<|ASSISTANT|>"),
        new(50260, "<|End|>"),
        new(50261, "[PAD]"),
    ];

    public static ModelTokenizer Load()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "gpt2");
        var merges = File.ReadAllLines(Path.Combine(folder, "vocab.bpe")).Skip(1).Where(line => line.Length > 0).Select(line => line.Split(' '));
        return new ModelTokenizer(new TokenizerFile
        {
            Vocabulary = JsonSerializer.Deserialize<Dictionary<string, int>>(File.ReadAllBytes(Path.Combine(folder, "encoder.json")))!,
            Merges = [.. merges.Select(m => (m[0], m[1]))],
            AddedTokens = Controls,
            Splitters = [RegexSplitter.Gpt2.Split],
            IsByteLevel = true,
        });
    }
}
