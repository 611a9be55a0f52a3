using System.Text.Json;

namespace OnnxChat.Gpt2.Export;

/// <summary>A conversation as its messages one after another, each between what marks its role.</summary>
/// <param name="User">Around the customer's messages.</param>
/// <param name="Assistant">Around the model's.</param>
/// <param name="Reply">What opens the answer that is wanted.</param>
public sealed record ConversationTemplate(RoleText User, RoleText Assistant, string Reply) : ModelTemplate
{
    /// <summary>Around the instructions; null where the model knows none.</summary>
    public RoleText? System { get; init; }

    /// <summary>Before everything; empty for nothing.</summary>
    public string Begin { get; init; } = "";

    /// <summary>The instructions where the caller gives none; null for none.</summary>
    public string? DefaultSystem { get; init; }

    /// <summary>Texts that end the reply and are not part of it.</summary>
    public IReadOnlyList<string> Stop { get; init; } = [];

    internal override void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject("roles");
        if (System is { } system)
            Write(json, "system", system);
        Write(json, "user", User);
        Write(json, "assistant", Assistant);
        json.WriteEndObject();
        json.WriteString("reply", Reply);
        if (Begin.Length > 0)
            json.WriteString("begin", Begin);
        if (DefaultSystem is { } text)
            json.WriteString("system", text);
        WriteTexts(json, "stop", Stop);
    }

    private static void Write(Utf8JsonWriter json, string name, RoleText role)
    {
        json.WriteStartObject(name);
        json.WriteString("prefix", role.Prefix);
        json.WriteString("suffix", role.Suffix);
        json.WriteEndObject();
    }
}
