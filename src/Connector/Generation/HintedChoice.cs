namespace OnnxChat.Connector.Generation;

/// <summary>What the model by itself thinks of hinted replies, in whichever words of theirs.</summary>
/// <param name="LogProbability">Natural logarithm of the probability of the reply's group; negative infinity where it is of none.</param>
/// <param name="OtherLogProbability">The same of the most probable other group.</param>
internal readonly record struct HintedChoice(double LogProbability, double OtherLogProbability)
{
    /// <summary>Nothing was hinted.</summary>
    public static HintedChoice None { get; } = new(double.NegativeInfinity, double.NegativeInfinity);
}
