using OnnxChat.Training.Privacy;

namespace OnnxChat.Training.Prepare;

/// <summary>What was prepared of what, and how: <c>prepared.json</c>.</summary>
/// <param name="Tool">Program and version.</param>
/// <param name="Inputs">The inputs, as they were named.</param>
/// <param name="Seed">What chance began with.</param>
/// <param name="ValidationShare">The share of the groups that was asked for.</param>
/// <param name="Similarity">Above it a question repeats another one.</param>
/// <param name="Tokenizer">The folder of a tokenizer that was kept; null where one was learned.</param>
/// <param name="Vocabulary">How many ids there are.</param>
/// <param name="Counts">What became of the samples.</param>
internal sealed record PreparedReport(
    string Tool,
    IReadOnlyDictionary<string, PreparedFile> Inputs,
    int Seed,
    double ValidationShare,
    double Similarity,
    string? Tokenizer,
    int Vocabulary,
    SampleCounts Counts)
{
    /// <summary>The layout of the folder.</summary>
    public int FormatVersion { get; init; } = 1;

    /// <summary>What was replaced because it told of a person; null where that was not looked for.</summary>
    public PrivacyReport? Privacy { get; init; }

    /// <summary>The folder's other files by their path within it.</summary>
    public IReadOnlyDictionary<string, PreparedFile> Files { get; init; } = new Dictionary<string, PreparedFile>();
}
