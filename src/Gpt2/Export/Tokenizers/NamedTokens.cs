using System.Text.Json;

namespace OnnxChat.Gpt2.Export.Tokenizers;

/// <summary>The tokens that a tokenizer's files name for a part; null where they name none.</summary>
/// <param name="Beginning"><c>bos_token</c>.</param>
/// <param name="End"><c>eos_token</c>.</param>
/// <param name="Padding"><c>pad_token</c>.</param>
internal sealed record NamedTokens(string? Beginning, string? End, string? Padding)
{
    private static readonly string[] Files = ["tokenizer_config.json", "special_tokens_map.json"];

    public static NamedTokens None { get; } = new(null, null, null);

    /// <summary>Reads <c>tokenizer_config.json</c>, and what it leaves out in <c>special_tokens_map.json</c>.</summary>
    public static NamedTokens Read(string folder)
    {
        JsonElement[] files = [.. Files.Select(name => Path.Combine(folder, name)).Where(File.Exists).Select(JsonFile.ReadObject)];
        return new NamedTokens(Find(files, "bos_token"), Find(files, "eos_token"), Find(files, "pad_token"));
    }

    private static string? Find(JsonElement[] files, string name) =>
        files.Select(file => file.TryGetProperty(name, out var token) ? Content(token) : null).FirstOrDefault(token => token is not null);

    // As text, or as an object with its content.
    private static string? Content(JsonElement token) => token.ValueKind switch
    {
        JsonValueKind.String => token.GetString(),
        JsonValueKind.Object when token.TryGetProperty("content", out var content) && content.ValueKind == JsonValueKind.String => content.GetString(),
        _ => null,
    };
}
