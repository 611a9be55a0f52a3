using System.Text.Encodings.Web;
using System.Text.Json;
using OnnxChat.Gpt2.Export;

namespace OnnxChat.Training.Vocabulary;

/// <summary>A tokenizer's files: <c>tokenizer.json</c>, <c>tokenizer_config.json</c>, <c>vocab.json</c> and <c>merges.txt</c>.</summary>
internal static class VocabularyFiles
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(TokenizerFolder tokenizer, string folder)
    {
        Directory.CreateDirectory(folder);
        tokenizer.Write(folder);
        var ids = tokenizer.Vocabulary.OrderBy(token => token.Value).ToDictionary();
        File.WriteAllText(Path.Combine(folder, "vocab.json"), JsonSerializer.Serialize(ids, Json));
        using var merges = new StreamWriter(Path.Combine(folder, "merges.txt")) { NewLine = "\n" };
        merges.WriteLine("#version: 0.2");
        foreach (var merge in tokenizer.Merges)
            merges.WriteLine($"{merge.Left} {merge.Right}");
    }
}
