using System.Text.Json;

namespace OnnxChat.Gpt2.Export.Tokenizers;

/// <summary>Tells byte-level BPE with GPT-2's pre-tokenizer from everything else that a tokenizer.json can hold.</summary>
internal static class TokenizerKind
{
    private const string Remedy = "Only byte-level BPE as GPT-2 has it is supported.";

    /// <exception cref="NotSupportedException">It is something else; the message says what.</exception>
    public static void Check(JsonElement root, string path)
    {
        var model = root.GetProperty("model");
        var kind = TypeOf(model) ?? (Has(model, "merges") ? "BPE" : "without a name");
        if (kind != "BPE")
            throw new NotSupportedException($"{path} is a {kind} tokenizer. {Remedy}");

        var preTokenizer = root.TryGetProperty("pre_tokenizer", out var found) ? found : default;
        if (preTokenizer.ValueKind != JsonValueKind.Object || TypeOf(preTokenizer) != "ByteLevel" || IsFalse(preTokenizer, "use_regex"))
            throw new NotSupportedException($"{path} is a BPE tokenizer with the pre-tokenizer {Describe(preTokenizer)}, not ByteLevel. {Remedy}");
        if (IsTrue(preTokenizer, "add_prefix_space"))
            throw new NotSupportedException($"{path} puts a space before every text (add_prefix_space). {Remedy}");
        if (Has(root, "normalizer"))
            throw new NotSupportedException($"{path} changes text before encoding it (normalizer {Describe(root.GetProperty("normalizer"))}). {Remedy}");

        foreach (var name in (ReadOnlySpan<string>)["continuing_subword_prefix", "end_of_word_suffix"])
        {
            if (Has(model, name) && model.GetProperty(name).GetString() is { Length: > 0 } mark)
                throw new NotSupportedException($"{path} marks parts of words ({name} '{mark}'). {Remedy}");
        }

        foreach (var name in (ReadOnlySpan<string>)["byte_fallback", "ignore_merges"])
        {
            if (IsTrue(model, name))
                throw new NotSupportedException($"{path} is a BPE tokenizer with {name}. {Remedy}");
        }
    }

    private static bool Has(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null;

    private static bool IsTrue(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;

    private static bool IsFalse(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.False;

    private static string? TypeOf(JsonElement element) =>
        element.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String ? type.GetString() : null;

    private static string Describe(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null => "none",
        JsonValueKind.Object when TypeOf(element) is { } type => IsFalse(element, "use_regex") ? $"{type} without its regex" : type,
        _ => "of no known type",
    };
}
