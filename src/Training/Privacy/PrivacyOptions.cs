namespace OnnxChat.Training.Privacy;

/// <summary>What is done about personal data.</summary>
internal sealed record PrivacyOptions
{
    /// <summary>Whether it is looked for.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Regular expressions of the company's own numbers.</summary>
    public IReadOnlyList<string> IdPatterns { get; init; } = [];

    /// <summary>The company's own addresses and numbers, which stay; <c>*</c> stands for any characters.</summary>
    public IReadOnlyList<string> Keep { get; init; } = [];

    /// <summary>What invented values depend on; null for bytes that are drawn for this run and forgotten.</summary>
    public byte[]? Key { get; init; }
}
