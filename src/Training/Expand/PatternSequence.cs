using System.Text;

namespace OnnxChat.Training.Expand;

/// <summary>Parts one after another.</summary>
internal sealed class PatternSequence(IReadOnlyList<PatternNode> parts) : PatternNode
{
    public IReadOnlyList<PatternNode> Parts => parts;

    public override bool IsOptional => parts.All(part => part.IsOptional);

    public override void AppendTo(StringBuilder text, PatternChoices choices)
    {
        foreach (var part in parts)
            part.AppendTo(text, choices);
    }
}
