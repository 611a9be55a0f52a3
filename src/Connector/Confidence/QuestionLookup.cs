namespace OnnxChat.Connector.Confidence;

/// <summary>What an index says of a question, looked up once: for the beginning of the reply, and for its score.</summary>
internal sealed record QuestionLookup
{
    /// <summary>How probable each class of answers is; those that have no chance are left out.</summary>
    public required IReadOnlyDictionary<int, double> Probabilities { get; init; }

    /// <summary>For each class the similarity of its nearest known question; 0 to 1.</summary>
    public required float[] Similarities { get; init; }

    /// <summary>Share of the question's features that the index has ever seen; 0 to 1.</summary>
    public required double SeenShare { get; init; }

    /// <summary>Whether anything of the question is known.</summary>
    public required bool IsKnown { get; init; }

    /// <summary>Whether the question is Chinese.</summary>
    public required bool IsChinese { get; init; }

    /// <summary>Letters, digits and Han characters of the question.</summary>
    public required int Characters { get; init; }
}
