using System.Text;

namespace OnnxChat.Training.Expand;

/// <summary>One of several parts; the first one is the plain form.</summary>
internal sealed class PatternAlternatives(IReadOnlyList<PatternSequence> alternatives) : PatternNode
{
    public override bool IsOptional { get; } = alternatives.Any(alternative => alternative.IsOptional);

    public override void AppendTo(StringBuilder text, PatternChoices choices) =>
        alternatives[choices.Plain ? 0 : choices.Random.Next(alternatives.Count)].AppendTo(text, choices);
}
