using OnnxChat.Connector.Prompting;
using OnnxChat.Connector.Tokenization;

namespace OnnxChat.Connector.ModelFolders;

/// <summary>
/// Finds a folder's chat template: in <c>onnxchat.json</c>, else beside the tokenizer, else the card's where the tokenizer
/// has the card's markers or the model is a GPT-2.
/// </summary>
internal static class TemplateReader
{
    private static readonly string[] CardMarkers = ["<|USER|>", "<|ASSISTANT|>"];

    /// <exception cref="OnnxChatModelException">There is no template, or it cannot be used.</exception>
    public static IChatTemplate Read(string folder, TemplateEntry? entry, ModelTokenizer tokenizer, GenAIConfiguration configuration)
    {
        var manifest = Path.Combine(folder, ModelManifest.FileName);
        if (entry is { Prompt: not null, Roles: null, ChatTemplate: null } or { Roles: not null, Prompt: null, ChatTemplate: null })
            return ReadEntry(entry, manifest);

        var beside = TokenizerConfiguration.Read(folder);
        if (entry is { ChatTemplate: { } source, Prompt: null, Roles: null })
            return new JinjaChatTemplate(source, manifest, beside.SpecialTokens, entry.System, RequireStops(entry.Stop ?? [], manifest));
        if (entry is not null)
            throw new OnnxChatModelException($"{manifest}: the template needs exactly one of \"prompt\", \"roles\" and \"chat_template\". Mend it, or leave it out where {folder} has a chat template beside its tokenizer.");

        if (beside.ChatTemplate is { } template)
            return new JinjaChatTemplate(template, beside.Source, beside.SpecialTokens);
        if (configuration.ModelType == "gpt2" || CardMarkers.All(tokenizer.ControlTokens.ContainsKey))
            return SingleTurnTemplate.Card;
        throw new OnnxChatModelException($"{folder} has no chat template: neither \"template\" in onnxchat.json, nor chat_template.jinja, nor \"chat_template\" in tokenizer_config.json. Write one as \"template\" in onnxchat.json, as the model was trained to read it.");
    }

    private static IChatTemplate ReadEntry(TemplateEntry entry, string manifest)
    {
        if (entry.Prompt is { } prompt)
        {
            return new SingleTurnTemplate(
                prompt,
                entry.System ?? throw Missing(manifest, "prompt", "system"),
                RequireStops(entry.Stop ?? throw Missing(manifest, "prompt", "stop"), manifest));
        }

        var roles = entry.Roles!;
        return new RolesTemplate
        {
            Begin = entry.Begin ?? "",
            System = roles.System,
            User = roles.User,
            Assistant = roles.Assistant,
            Reply = entry.Reply ?? throw Missing(manifest, "roles", "reply"),
            DefaultSystem = entry.System,
            Stop = RequireStops(entry.Stop ?? [], manifest),
        };
    }

    private static OnnxChatModelException Missing(string manifest, string form, string name) =>
        new($"{manifest} cannot be read: a template with \"{form}\" needs \"{name}\". Add it, or import the model again with 'onnxchat import'.");

    private static IReadOnlyList<string> RequireStops(IReadOnlyList<string> stops, string manifest) => stops.All(s => !string.IsNullOrEmpty(s))
        ? stops
        : throw new OnnxChatModelException($"{manifest}: an empty text in \"stop\" would end every reply. Take it out.");
}
