namespace OnnxChat.Training.Runs;

/// <summary>What one step did.</summary>
/// <param name="Loss">Weighted mean loss of the step's texts, before it.</param>
/// <param name="GradientNorm">Length of the gradient before it was clipped.</param>
/// <param name="LearningRate">The step's rate.</param>
/// <param name="Tokens">Tokens that it saw, padding left out.</param>
internal readonly record struct StepResult(double Loss, double GradientNorm, double LearningRate, int Tokens);
