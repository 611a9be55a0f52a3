namespace OnnxChat.Connector.Generation;

/// <summary>How the next token is chosen from the logits.</summary>
internal sealed record SamplingSettings
{
    /// <summary>Divides the logits.</summary>
    /// <value>0 for the most likely token at every step, otherwise above 0; 1 leaves the logits as they are.</value>
    public required double Temperature { get; init; }

    /// <summary>Keeps this many of the most likely tokens.</summary>
    /// <value>1 or more; 0 keeps all.</value>
    public required int TopK { get; init; }

    /// <summary>Keeps the most likely tokens whose probabilities add up to this.</summary>
    /// <value>Above 0, at most 1; 1 keeps all.</value>
    public required double TopP { get; init; }

    /// <summary>Makes tokens of prompt and reply less likely to come again (Keskar et al., 2019, section 4.1).</summary>
    /// <value>Above 0; 1 changes nothing, above 1 discourages repetition.</value>
    public required double RepetitionPenalty { get; init; }

    /// <summary>Seed of the choice; null for another choice every time.</summary>
    public long? Seed { get; init; }
}
