using System.Text.Json;

namespace OnnxChat.Gpt2.Export;

/// <summary>A chat template in Jinja, as Hugging Face keeps it beside a tokenizer.</summary>
/// <param name="Source">Its text; not looked into here.</param>
public sealed record JinjaTemplate(string Source) : ModelTemplate
{
    /// <summary>The instructions where the caller gives none; null for the template's own.</summary>
    public string? DefaultSystem { get; init; }

    /// <summary>Texts that end the reply and are not part of it.</summary>
    public IReadOnlyList<string> Stop { get; init; } = [];

    internal override void Write(Utf8JsonWriter json)
    {
        json.WriteString("chat_template", Source);
        if (DefaultSystem is { } text)
            json.WriteString("system", text);
        WriteTexts(json, "stop", Stop);
    }
}
