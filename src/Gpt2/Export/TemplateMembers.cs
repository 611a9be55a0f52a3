using System.Text.Json;

namespace OnnxChat.Gpt2.Export;

/// <summary>The members of an object in a template's file; what is wrong is named by its place.</summary>
internal sealed class TemplateMembers(string path, JsonElement value, string place = "")
{
    public bool Has(string name) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out var member) && member.ValueKind != JsonValueKind.Null;

    /// <exception cref="InvalidDataException">There is a member of another name: most likely a slip of the pen.</exception>
    public void Allow(params string[] names)
    {
        foreach (var member in value.EnumerateObject())
        {
            if (!names.Contains(member.Name))
                throw Refused($"\"{place}{member.Name}\" is not known here; known are \"{string.Join("\", \"", names)}\"");
        }
    }

    public TemplateMembers Object(string name)
    {
        var member = Required(name);
        return member.ValueKind == JsonValueKind.Object
            ? new TemplateMembers(path, member, $"{place}{name}.")
            : throw Refused($"\"{place}{name}\" must be an object");
    }

    public string Text(string name) => OptionalText(name) ?? throw Missing(name);

    public string? OptionalText(string name)
    {
        if (!Has(name))
            return null;
        var member = value.GetProperty(name);
        return member.ValueKind == JsonValueKind.String ? member.GetString() : throw Refused($"\"{place}{name}\" must be a text");
    }

    /// <summary>The texts of <c>stop</c>; none where it is not there.</summary>
    public IReadOnlyList<string> Stops()
    {
        if (!Has("stop"))
            return [];
        var member = value.GetProperty("stop");
        return member.ValueKind == JsonValueKind.Array && member.EnumerateArray().All(stop => stop.ValueKind == JsonValueKind.String && stop.GetString() is { Length: > 0 })
            ? [.. member.EnumerateArray().Select(stop => stop.GetString()!)]
            : throw Refused($"\"{place}stop\" must be a list of texts, none empty");
    }

    public InvalidDataException Refused(string problem) =>
        new($"{path}: {problem}. See 'Templates of other models' in docs/model-tools.md for the forms.");

    private JsonElement Required(string name) => Has(name) ? value.GetProperty(name) : throw Missing(name);

    private InvalidDataException Missing(string name) => Refused($"\"{place}{name}\" is missing");
}
