using System.Text.Json;

namespace OnnxChat.Gpt2.Export;

/// <summary>How a question becomes a prompt, and where the reply ends. It belongs to the model: it was trained on it.</summary>
public sealed record PromptTemplate : ModelTemplate
{
    private const string SystemPlace = "{system}";
    private const string UserPlace = "{user}";
    private const string CardSystem = "You are a helpful AI designed to answer questions";
    private const string CardStop = "<|";

    /// <param name="prompt">The prompt's text, with <c>{user}</c> exactly once and <c>{system}</c> at most once.</param>
    /// <exception cref="InvalidDataException">A place is missing or stands twice.</exception>
    public PromptTemplate(string prompt)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        var users = Occurrences(prompt, UserPlace);
        if (users != 1)
            throw new InvalidDataException($"The prompt template holds {UserPlace} {users} times; it must hold it once, where the question stands: '{prompt}'.");
        var systems = Occurrences(prompt, SystemPlace);
        if (systems > 1)
            throw new InvalidDataException($"The prompt template holds {SystemPlace} {systems} times; it may hold it once: '{prompt}'.");
        Prompt = prompt;
    }

    /// <summary>The template of the card <c>gpt2-conversational-or-qa</c>; it ends with a space.</summary>
    public static PromptTemplate Card { get; } = new("<|SYSTEM|> {system} <|USER|> {user} <|ASSISTANT|> ");

    /// <summary>The prompt's text, with <c>{user}</c> exactly once and <c>{system}</c> at most once.</summary>
    public string Prompt { get; }

    /// <summary>What stands in the place of <c>{system}</c> where the caller gives no instructions.</summary>
    public string System { get; init; } = CardSystem;

    /// <summary>Texts that end the reply and are not part of it.</summary>
    public IReadOnlyList<string> Stop { get; init; } = [CardStop];

    /// <summary>
    /// Reads a template from a file: a JSON object with <c>prompt</c>, <c>system</c> and <c>stop</c> (or an
    /// <c>onnxchat.json</c>, whose <c>template</c> is taken), or plain text that is the prompt itself, without the line
    /// break at its end. What the file does not say is the card's.
    /// </summary>
    /// <exception cref="InvalidDataException">The template is not usable, or a <c>.json</c> file is not JSON.</exception>
    public static PromptTemplate Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!IsJson(path))
            return new PromptTemplate(WithoutLineBreak(File.ReadAllText(path)));

        var root = JsonFile.ReadObject(path);
        var template = root.TryGetProperty("template", out var inner) ? inner : root;
        try
        {
            return new PromptTemplate(template.GetProperty("prompt").GetString() ?? "")
            {
                System = template.TryGetProperty("system", out var system) ? system.GetString() ?? "" : CardSystem,
                Stop = template.TryGetProperty("stop", out var stop) ? [.. stop.EnumerateArray().Select(StopText)] : [CardStop],
            };
        }
        catch (Exception e) when (e is InvalidOperationException or KeyNotFoundException)
        {
            throw new InvalidDataException(
                $"{path} holds no template: it needs \"prompt\" (text), and may have \"system\" (text) and \"stop\" (a list of texts).", e);
        }
    }

    /// <summary>Whether both make the same prompts and end replies at the same texts.</summary>
    public bool Equals(PromptTemplate? other) =>
        other is not null && Prompt == other.Prompt && System == other.System && Stop.SequenceEqual(other.Stop);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(Prompt, System, Stop.Count);

    /// <summary>Whether a file is to be read as JSON: by its name, or because it holds an object.</summary>
    internal static bool IsJson(string path) => path.EndsWith(".json", StringComparison.OrdinalIgnoreCase) || IsJsonObject(path);

    internal override void Write(Utf8JsonWriter json)
    {
        json.WriteString("prompt", Prompt);
        json.WriteString("system", System);
        WriteTexts(json, "stop", Stop);
    }

    private static string StopText(JsonElement text) => text.GetString() is { Length: > 0 } stop
        ? stop
        : throw new InvalidOperationException("An empty text ends every reply.");

    private static bool IsJsonObject(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            using var document = JsonDocument.Parse(file);
            return document.RootElement.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>Editors end a file with a line break; spaces before it belong to the prompt.</summary>
    private static string WithoutLineBreak(string text) =>
        text.EndsWith("\r\n", StringComparison.Ordinal) ? text[..^2] : text.EndsWith('\n') ? text[..^1] : text;

    private static int Occurrences(string text, string place) => text.Split(place).Length - 1;
}
