using System.Text.Encodings.Web;
using System.Text.Json;

namespace OnnxChat.Gpt2.Export;

/// <summary>JSON files as Hugging Face writes them: UTF-8, indented, letters of all languages as they are.</summary>
internal static class JsonFile
{
    private static readonly JsonWriterOptions Readable = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <exception cref="InvalidDataException">The file is not JSON, or not an object.</exception>
    public static JsonElement ReadObject(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            using var document = JsonDocument.Parse(file);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
                return document.RootElement.Clone();
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{path} is not JSON: {e.Message}", e);
        }

        throw new InvalidDataException($"{path} must hold a JSON object.");
    }

    /// <summary>Writes the object that <paramref name="members"/> fills; the file stands there whole or not at all.</summary>
    public static void WriteObject(string path, Action<Utf8JsonWriter> members)
    {
        var unfinished = path + ".tmp";
        using (var file = File.Create(unfinished))
        {
            using (var writer = new Utf8JsonWriter(file, Readable))
            {
                writer.WriteStartObject();
                members(writer);
                writer.WriteEndObject();
            }

            file.Write("\n"u8);
        }

        File.Move(unfinished, path, overwrite: true);
    }
}
