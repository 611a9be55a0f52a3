using System.Text.Json;

namespace OnnxChat.Training.Prepare.Reading;

/// <summary>JSON Lines: one object a line.</summary>
internal static class JsonLinesReader
{
    public static IEnumerable<InputRow> Read(string path)
    {
        var number = 0L;
        foreach (var line in File.ReadLines(path))
        {
            number++;
            if (!string.IsNullOrWhiteSpace(line))
                yield return Read(line, number);
        }
    }

    private static InputRow Read(string line, long number)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                return InputRow.Broken(number, "it is JSON, but no object");
            var values = new Dictionary<string, string>();
            foreach (var member in document.RootElement.EnumerateObject().Where(member => member.Value.ValueKind != JsonValueKind.Null))
                values[member.Name] = member.Value.ValueKind == JsonValueKind.String ? member.Value.GetString()! : member.Value.GetRawText();
            return new InputRow(number, values);
        }
        // The second one: a text with half of a character in it.
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return InputRow.Broken(number, $"it is not JSON: {e.Message}");
        }
    }
}
