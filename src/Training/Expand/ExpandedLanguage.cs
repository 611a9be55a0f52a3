using OnnxChat.Training.Samples;

namespace OnnxChat.Training.Expand;

/// <summary>What one language gave.</summary>
/// <param name="Language">Its name.</param>
/// <param name="Topics">Topics in scope.</param>
/// <param name="OutOfScope">Groups out of scope.</param>
/// <param name="Patterns">Patterns of all of them.</param>
/// <param name="Samples">Samples of all patterns.</param>
/// <param name="Declined">How many of them are out of scope.</param>
internal sealed record ExpandedLanguage(string Language, int Topics, int OutOfScope, int Patterns, int Samples, int Declined)
{
    public static ExpandedLanguage Of(PatternLanguage language, IReadOnlyList<Sample> samples) => new(
        language.Name,
        language.Topics.Count(topic => !topic.Declined),
        language.Topics.Count(topic => topic.Declined),
        language.Topics.Sum(topic => topic.Patterns.Count),
        samples.Count,
        samples.Count(sample => sample.Declined));
}
