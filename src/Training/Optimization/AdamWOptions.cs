namespace OnnxChat.Training.Optimization;

/// <summary>Settings of <see cref="AdamW"/>.</summary>
internal sealed record AdamWOptions
{
    /// <summary>How slowly the mean of the gradients changes, 0 to below 1.</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>How slowly the mean of their squares changes, 0 to below 1.</summary>
    public double Beta2 { get; init; } = 0.98;

    /// <summary>Share of a matrix's weights that a learning rate of 1 would take away at each step.</summary>
    public double WeightDecay { get; init; } = 0.05;

    /// <summary>Keeps the division from running away.</summary>
    public double Epsilon { get; init; } = 1e-8;
}
