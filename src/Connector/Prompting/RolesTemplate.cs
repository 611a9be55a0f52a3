namespace OnnxChat.Connector.Prompting;

/// <summary>A conversation as its messages one after another, each between the markers of its role.</summary>
internal sealed class RolesTemplate : IChatTemplate
{
    /// <summary>Before everything, such as the token that begins a text.</summary>
    public string Begin { get; init; } = "";

    /// <summary>Null where the model knows no system text: it then stands before the first message, a blank line between.</summary>
    public RoleMarkers? System { get; init; }

    public required RoleMarkers User { get; init; }

    public required RoleMarkers Assistant { get; init; }

    /// <summary>What opens the reply.</summary>
    public required string Reply { get; init; }

    /// <summary>The system text of a request that brings none; null for none.</summary>
    public string? DefaultSystem { get; init; }

    public bool IsMultiTurn => true;

    public bool StartsWithUser => false;

    public required IReadOnlyList<string> Stop { get; init; }

    public MarkedText Render(IReadOnlyList<Turn> turns, string? system)
    {
        system ??= DefaultSystem;
        var texts = new List<MarkedText> { MarkedText.Own(Begin) };
        if (system is not null && System is not null)
            texts.Add(System.Around(system));
        for (var i = 0; i < turns.Count; i++)
        {
            var text = i == 0 && system is not null && System is null ? $"{system}\n\n{turns[i].Text}" : turns[i].Text;
            texts.Add((turns[i].Role == TurnRole.User ? User : Assistant).Around(text));
        }

        texts.Add(MarkedText.Own(Reply));
        return MarkedText.Concat(texts);
    }
}
