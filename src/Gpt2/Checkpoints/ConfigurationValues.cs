using System.Globalization;
using System.Text.Json;

namespace OnnxChat.Gpt2.Checkpoints;

/// <summary>Reads values from a configuration, each within its limits. A value of null counts as absent.</summary>
internal sealed class ConfigurationValues(string path, JsonElement root)
{
    private const string Remedy = "Use the config.json saved with the weights.";

    public bool Has(string name) => root.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null;

    public int Integer(string name, int minimum, int maximum)
    {
        if (!Has(name))
            throw Refused($"'{name}' is missing.", Remedy);
        var element = root.GetProperty(name);
        return element.ValueKind == JsonValueKind.Number && element.TryGetInt32(out var value) && value >= minimum && value <= maximum
            ? value
            : throw Refused($"'{name}' is {Shorten(element)}; it must be an integer from {minimum} to {maximum}.", Remedy);
    }

    public double Number(string name, double minimum, double maximum)
    {
        var element = root.GetProperty(name);
        return element.ValueKind == JsonValueKind.Number && element.TryGetDouble(out var value) && value >= minimum && value <= maximum
            ? value
            : throw Refused(
                string.Create(CultureInfo.InvariantCulture, $"'{name}' is {Shorten(element)}; it must be a number from {minimum} to {maximum}."), Remedy);
    }

    public bool Boolean(string name, bool absent)
    {
        if (!Has(name))
            return absent;
        var element = root.GetProperty(name);
        return element.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? element.GetBoolean()
            : throw Refused($"'{name}' is {Shorten(element)}; it must be true or false.", Remedy);
    }

    public string Text(string name, string absent)
    {
        if (!Has(name))
            return absent;
        var element = root.GetProperty(name);
        return element.ValueKind == JsonValueKind.String
            ? element.GetString()!
            : throw Refused($"'{name}' is {Shorten(element)}; it must be a string.", Remedy);
    }

    public CheckpointException Refused(string problem, string remedy) => new(path, problem, remedy);

    private static string Shorten(JsonElement element)
    {
        var text = element.GetRawText();
        return text.Length <= 40 ? text : string.Concat(text.AsSpan(0, 40), "...");
    }
}
