using OnnxChat.Training.Samples;

namespace OnnxChat.Training.Expand;

/// <summary>What decides which form of a pattern is written.</summary>
/// <param name="Random">Chance of this pattern's own.</param>
/// <param name="Plain">Whether the first alternative is taken everywhere.</param>
internal sealed record PatternChoices(SeededRandom Random, bool Plain)
{
    /// <summary>What stands in the place of <c>{message}</c> in a wrapper.</summary>
    public string Message { get; init; } = "";
}
