namespace OnnxChat.ModelTools.Evaluate.Results;

/// <summary>How fast replies were generated, up to 32 at a time.</summary>
/// <param name="Tokens">Tokens of all replies.</param>
/// <param name="Elapsed">Time for all of them, prompts included.</param>
internal readonly record struct GenerationSpeed(long Tokens, TimeSpan Elapsed)
{
    public double TokensPerSecond => Tokens / Elapsed.TotalSeconds;
}
