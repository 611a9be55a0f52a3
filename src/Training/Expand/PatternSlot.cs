using System.Text;

namespace OnnxChat.Training.Expand;

/// <summary>A place for a value that is drawn or given when the pattern is written.</summary>
internal sealed class PatternSlot(Func<PatternChoices, string> value) : PatternNode
{
    public override void AppendTo(StringBuilder text, PatternChoices choices) => text.Append(value(choices));
}
