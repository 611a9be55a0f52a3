using System.Text;
using System.Text.Json;

namespace OnnxChat.Connector.Tokenization;

/// <summary>Reads the <c>normalizer</c> of a tokenizer file.</summary>
internal static class NormalizerReader
{
    /// <exception cref="FormatException">A step is none that is supported; the message names it.</exception>
    public static IEnumerable<TextNormalizer> Read(JsonElement normalizer)
    {
        if (normalizer.ValueKind != JsonValueKind.Object)
            return [];
        var type = normalizer.GetProperty("type").GetString();
        return type switch
        {
            "Sequence" => normalizer.GetProperty("normalizers").EnumerateArray().SelectMany(Read),
            "NFC" => [(text, _) => text.Normalize(NormalizationForm.FormC)],
            "NFD" => [(text, _) => text.Normalize(NormalizationForm.FormD)],
            "NFKC" => [(text, _) => text.Normalize(NormalizationForm.FormKC)],
            "NFKD" => [(text, _) => text.Normalize(NormalizationForm.FormKD)],
            "Lowercase" => [(text, _) => text.ToLowerInvariant()],
            "Prepend" => [Prepend(normalizer.GetProperty("prepend").GetString()!)],
            "Replace" => [Replace(normalizer.GetProperty("pattern"), normalizer.GetProperty("content").GetString()!)],
            _ => throw new FormatException($"The normalizer '{type}' is not supported."),
        };
    }

    private static TextNormalizer Prepend(string prefix) => (text, _) => prefix + text;

    private static TextNormalizer Replace(JsonElement pattern, string content)
    {
        if (!pattern.TryGetProperty("String", out var literal))
            throw new FormatException($"The normalizer 'Replace' with the expression {pattern} is not supported.");
        var old = literal.GetString()!;
        return (text, _) => text.Replace(old, content, StringComparison.Ordinal);
    }
}
