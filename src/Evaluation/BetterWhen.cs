namespace OnnxChat.Evaluation;

/// <summary>Which way a metric is better.</summary>
public enum BetterWhen
{
    /// <summary>Less is better.</summary>
    Lower,

    /// <summary>More is better.</summary>
    Higher,

    /// <summary>It says something about a model, but not how good it is.</summary>
    Neither,
}
