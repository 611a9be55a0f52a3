namespace OnnxChat.Evaluation.Confidence;

/// <summary>Replies of about the same confidence.</summary>
/// <param name="Lowest">Lowest confidence among them.</param>
/// <param name="Highest">Highest confidence among them.</param>
/// <param name="Count">How many.</param>
/// <param name="Correct">How many of them are correct.</param>
public readonly record struct ConfidenceGroup(double Lowest, double Highest, int Count, int Correct)
{
    /// <summary>Share of correct replies, 0 to 1.</summary>
    public double Share => (double)Correct / Count;
}
