namespace OnnxChat.Connector.Prompting;

/// <summary>How a conversation becomes a prompt, as the model was trained to read it.</summary>
internal interface IChatTemplate
{
    /// <summary>Whether earlier turns are part of the prompt.</summary>
    bool IsMultiTurn { get; }

    /// <summary>Whether the first turn must be the user's.</summary>
    bool StartsWithUser { get; }

    /// <summary>Text that ends the reply and is no part of it.</summary>
    IReadOnlyList<string> Stop { get; }

    /// <summary>Writes the prompt up to where the reply begins.</summary>
    /// <param name="turns">At least one; the last is the user's.</param>
    /// <param name="system">The system text; null for the template's own.</param>
    MarkedText Render(IReadOnlyList<Turn> turns, string? system);
}
