namespace OnnxChat.Training.Prepare;

/// <summary>What became of the samples that were read.</summary>
internal sealed record SampleCounts
{
    /// <summary>Samples in the inputs.</summary>
    public int Read { get; init; }

    /// <summary>Lines that could not be used.</summary>
    public int BadLines { get; init; }

    /// <summary>Question or answer holds nothing.</summary>
    public int Empty { get; init; }

    /// <summary>Question and answer were there before.</summary>
    public int Equal { get; init; }

    /// <summary>Nearly an earlier question, with its answer.</summary>
    public int Near { get; init; }

    /// <summary>An earlier question with another answer; the first answer stays.</summary>
    public int Contradicting { get; init; }

    /// <summary>Samples to train on.</summary>
    public int Training { get; init; }

    /// <summary>Samples to measure with.</summary>
    public int Validation { get; init; }

    /// <summary>Groups of samples that stand together.</summary>
    public int Groups { get; init; }

    /// <summary>Different topics, or where there are none, different answers.</summary>
    public int Topics { get; init; }

    /// <summary>Samples that say that the service cannot help.</summary>
    public int Declined { get; init; }

    /// <summary>Samples by the language of the question.</summary>
    public IReadOnlyDictionary<string, int> Languages { get; init; } = new Dictionary<string, int>();
}
