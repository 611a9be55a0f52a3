using System.Text.Json;

namespace OnnxChat.Connector.ModelFolders;

/// <summary>What Hugging Face keeps beside a tokenizer: the chat template and the names of its special tokens.</summary>
/// <param name="ChatTemplate">A Jinja template; null for none.</param>
/// <param name="Source">The file that the template is from.</param>
/// <param name="SpecialTokens"><c>bos_token</c> and the like.</param>
internal sealed record TokenizerConfiguration(string? ChatTemplate, string Source, IReadOnlyDictionary<string, string> SpecialTokens)
{
    private const string FileName = "tokenizer_config.json";
    private const string TemplateFileName = "chat_template.jinja";
    private static readonly string[] Names = ["bos_token", "eos_token", "unk_token", "pad_token", "sep_token", "cls_token", "mask_token"];

    /// <param name="folder">A model folder; none of the files must be there.</param>
    /// <exception cref="OnnxChatModelException">A file is damaged.</exception>
    public static TokenizerConfiguration Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        var templatePath = Path.Combine(folder, TemplateFileName);
        // The file of its own is the newer form and wins, as in Transformers.
        var template = File.Exists(templatePath) ? File.ReadAllText(templatePath) : null;
        if (!File.Exists(path))
            return new TokenizerConfiguration(template, templatePath, new Dictionary<string, string>());
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            var root = document.RootElement;
            var tokens = Names.Select(name => (name, Token: ReadToken(root, name))).Where(t => t.Token is not null).ToDictionary(t => t.name, t => t.Token!);
            return template is not null
                ? new TokenizerConfiguration(template, templatePath, tokens)
                : new TokenizerConfiguration(root.TryGetProperty("chat_template", out var value) ? ReadTemplate(value) : null, path, tokens);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new OnnxChatModelException($"{path} cannot be read: {e.Message} Take the file that came with the model again, or remove it and write \"template\" in onnxchat.json.", e);
        }
    }

    /// <summary>One template, or several by name, of which <c>default</c> is for chats.</summary>
    private static string? ReadTemplate(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Array => value.EnumerateArray()
            .Where(t => t.GetProperty("name").GetString() == "default")
            .Select(t => t.GetProperty("template").GetString()).FirstOrDefault(),
        _ => null,
    };

    private static string? ReadToken(JsonElement root, string name)
    {
        if (!root.TryGetProperty(name, out var value))
            return null;
        return value.ValueKind == JsonValueKind.Object ? value.GetProperty("content").GetString() : value.GetString();
    }
}
