namespace OnnxChat.Training.Runs;

/// <summary>What to train, from what, to where.</summary>
/// <param name="Prepared">A folder made by <c>prepare</c>.</param>
/// <param name="Output">The run's folder.</param>
/// <param name="Options">How.</param>
internal sealed record TrainRequest(string Prepared, string Output, TrainOptions Options)
{
    /// <summary>A checkpoint to begin from; null for weights drawn at random.</summary>
    public string? From { get; init; }

    /// <summary>Whether to go on with the run in <see cref="Output"/>.</summary>
    public bool Resume { get; init; }

    /// <summary>Processors to compute with; null for all.</summary>
    public int? Threads { get; init; }

    /// <summary>Steps between two saved states.</summary>
    public long SaveEvery { get; init; } = 500;

    /// <summary>After this time the run is saved and ends early; null for no limit.</summary>
    public TimeSpan? TimeLimit { get; init; }

    /// <summary>After this step the run is saved and ends early; null for no limit.</summary>
    public long? StopAfter { get; init; }
}
