using System.Text.Json;

namespace OnnxChat.Connector.Tokenization;

/// <summary>What a Hugging Face <c>tokenizer.json</c> of byte-level BPE says.</summary>
/// <param name="Vocabulary">Token, in byte-level characters, to id.</param>
/// <param name="Merges">Merge rules in order of rank, both sides separated by a space.</param>
/// <param name="ControlTokens">Added tokens, which stand for themselves and are never made from text.</param>
internal sealed record TokenizerFile(
    IReadOnlyDictionary<string, int> Vocabulary,
    IReadOnlyList<string> Merges,
    IReadOnlyDictionary<string, int> ControlTokens)
{
    /// <exception cref="OnnxChatModelException">The file is not a byte-level BPE tokenizer.</exception>
    public static TokenizerFile Read(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            var root = document.RootElement;
            var model = root.GetProperty("model");
            var type = model.TryGetProperty("type", out var named) ? named.GetString() : "BPE";
            if (type != "BPE")
                throw new OnnxChatModelException($"{path}: the tokenizer is of type '{type}'; this version reads byte-level BPE (GPT-2's kind) only.");

            var vocabulary = model.GetProperty("vocab").EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetInt32(), StringComparer.Ordinal);
            var merges = model.GetProperty("merges").EnumerateArray().Select(ReadMerge).ToList();
            var added = root.TryGetProperty("added_tokens", out var list)
                ? list.EnumerateArray().ToDictionary(t => t.GetProperty("content").GetString()!, t => t.GetProperty("id").GetInt32(), StringComparer.Ordinal)
                : [];
            return new TokenizerFile(vocabulary, merges, added);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
        {
            throw new OnnxChatModelException($"{path} is not a tokenizer file: {e.Message} Import the model again with 'onnxchat import'.", e);
        }
    }

    private static string ReadMerge(JsonElement merge) => merge.ValueKind == JsonValueKind.Array
        ? $"{merge[0].GetString()} {merge[1].GetString()}"
        : merge.GetString() ?? throw new FormatException("A merge is null.");
}
