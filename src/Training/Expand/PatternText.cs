using System.Text;

namespace OnnxChat.Training.Expand;

/// <summary>Characters that stand for themselves.</summary>
internal sealed class PatternText(string characters) : PatternNode
{
    public override void AppendTo(StringBuilder text, PatternChoices choices) => text.Append(characters);
}
