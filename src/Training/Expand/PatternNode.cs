using System.Text;

namespace OnnxChat.Training.Expand;

/// <summary>A part of a pattern.</summary>
internal abstract class PatternNode
{
    /// <summary>Whether one of its forms is no text at all.</summary>
    public virtual bool IsOptional => false;

    /// <summary>Writes one of its forms.</summary>
    public abstract void AppendTo(StringBuilder text, PatternChoices choices);
}
