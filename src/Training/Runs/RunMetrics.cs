namespace OnnxChat.Training.Runs;

/// <summary>One evaluation during a run: a line of <c>metrics.jsonl</c>.</summary>
/// <param name="Step">Steps done.</param>
/// <param name="Epoch">How often the training data was seen.</param>
/// <param name="TrainingLoss">Weighted loss of the last steps, a running mean.</param>
/// <param name="LearningRate">The last step's rate.</param>
/// <param name="Seconds">Time spent in training.</param>
/// <param name="TokensPerSecond">Since this program was started.</param>
/// <param name="Validation">What was measured; null where there is nothing to measure on.</param>
internal sealed record RunMetrics(
    long Step, double Epoch, double TrainingLoss, double LearningRate, double Seconds, double TokensPerSecond, ValidationScores? Validation);
