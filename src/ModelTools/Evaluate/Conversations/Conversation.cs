namespace OnnxChat.ModelTools.Evaluate.Conversations;

/// <summary>A question with the answer that is wanted.</summary>
/// <param name="Line">Where it stands in the input, from 1.</param>
/// <param name="User">The question.</param>
/// <param name="Assistant">The wanted answer.</param>
/// <param name="System">The system text; null for the template's own.</param>
internal sealed record Conversation(int Line, string User, string Assistant, string? System)
{
    /// <summary>What the answer is about: answers of one topic count as the same. Null for none.</summary>
    public string? Topic { get; init; }

    /// <summary>What the question was made from: those of one group stand on one side of a split. Null for none.</summary>
    public string? Group { get; init; }

    /// <summary>Whether the answer says that the service cannot help: the question is out of its scope.</summary>
    public bool Declined { get; init; }
}
