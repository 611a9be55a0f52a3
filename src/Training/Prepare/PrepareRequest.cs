using OnnxChat.Training.Prepare.Reading;
using OnnxChat.Training.Privacy;

namespace OnnxChat.Training.Prepare;

/// <summary>What <c>onnxchat-train prepare</c> is asked to do.</summary>
/// <param name="Inputs">Files of samples.</param>
/// <param name="Output">The folder to make.</param>
internal sealed record PrepareRequest(IReadOnlyList<string> Inputs, string Output)
{
    /// <summary>What the inputs' columns are called.</summary>
    public SampleColumns Columns { get; init; } = new();

    /// <summary>The share of the groups for validation, 0 to below 1.</summary>
    public double Validation { get; init; } = 0.05;

    /// <summary>The most ids of the vocabulary that is learned.</summary>
    public int Vocabulary { get; init; } = 4096;

    /// <summary>A folder with a tokenizer to keep; null to learn one.</summary>
    public string? Tokenizer { get; init; }

    /// <summary>A file with the template; null for the card's, without the space at its end unless the tokenizer that is kept has the card's tokens.</summary>
    public string? Template { get; init; }

    /// <summary>Above this similarity a question repeats another one with the same answer; 1 for none but equal ones.</summary>
    public double Similarity { get; init; } = 0.9;

    /// <summary>What is done about personal data.</summary>
    public PrivacyOptions Privacy { get; init; } = new();

    /// <summary>What chance begins with.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Whether a line that cannot be used is left out instead of ending the run.</summary>
    public bool SkipBadLines { get; init; }

    /// <summary>Whether an output folder that is there is replaced.</summary>
    public bool Replace { get; init; }
}
