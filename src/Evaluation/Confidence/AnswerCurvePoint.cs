namespace OnnxChat.Evaluation.Confidence;

/// <summary>What customers get where only replies of a least score stand.</summary>
/// <param name="Threshold">The least score.</param>
/// <param name="AnsweredRight">Share of all questions that get a right answer, 0 to 1.</param>
/// <param name="AnsweredWrong">Share of all questions that get a wrong answer, 0 to 1.</param>
public readonly record struct AnswerCurvePoint(double Threshold, double AnsweredRight, double AnsweredWrong)
{
    /// <summary>Share of all questions that are handed over, 0 to 1.</summary>
    public double HandedOver => 1 - AnsweredRight - AnsweredWrong;
}
