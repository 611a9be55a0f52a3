namespace OnnxChat.Training.Runs;

/// <summary>What a run is: <c>run.json</c>.</summary>
/// <param name="Tool">Program and version.</param>
/// <param name="Data">The prepared folder's files by their SHA-256.</param>
/// <param name="From">SHA-256 of the checkpoint that it fine-tunes; null where it begins from nothing.</param>
/// <param name="Options">How it is trained, the steps filled in.</param>
internal sealed record RunDescription(string Tool, IReadOnlyDictionary<string, string> Data, string? From, TrainOptions Options)
{
    /// <summary>The layout of the folder.</summary>
    public int FormatVersion { get; init; } = 1;

    /// <summary>Samples of the training part, those left out not counted.</summary>
    public int TrainingSamples { get; init; }

    /// <summary>Samples of the validation part.</summary>
    public int ValidationSamples { get; init; }

    /// <summary>Samples left out because they are longer than the context.</summary>
    public int TooLong { get; init; }

    /// <summary>Numbers that the model has.</summary>
    public long Parameters { get; init; }
}
