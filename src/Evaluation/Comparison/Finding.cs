namespace OnnxChat.Evaluation.Comparison;

/// <summary>What a comparison shows about the second model.</summary>
public enum Finding
{
    /// <summary>The interval of the difference holds 0.</summary>
    NoDifferenceShown,

    /// <summary>The whole interval is on the better side.</summary>
    Better,

    /// <summary>The whole interval is on the worse side.</summary>
    Worse,
}
