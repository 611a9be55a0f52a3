using System.Text.Json;

namespace OnnxChat.Gpt2.Export;

/// <summary>How conversations become prompts, as a model was trained to read them: the <c>template</c> of <c>onnxchat.json</c>.</summary>
public abstract record ModelTemplate
{
    private protected ModelTemplate()
    {
    }

    /// <summary>Writes the members of <c>template</c>.</summary>
    internal abstract void Write(Utf8JsonWriter json);

    private protected static void WriteTexts(Utf8JsonWriter json, string name, IReadOnlyList<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }
}
