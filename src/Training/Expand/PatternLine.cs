using System.Text;
using System.Text.RegularExpressions;

namespace OnnxChat.Training.Expand;

/// <summary>A pattern and where it stands.</summary>
/// <param name="Place">File and line, for errors.</param>
/// <param name="Text">The pattern as it is written.</param>
/// <param name="Parts">The pattern as it is read.</param>
internal sealed partial record PatternLine(string Place, string Text, PatternSequence Parts)
{
    /// <summary>One form of the pattern, with single spaces.</summary>
    public string Write(PatternChoices choices) => Write(Parts.Parts, choices);

    /// <summary>
    /// One form without the optional parts at the edges, which are mostly a greeting and a please: a wrapper around it
    /// says them.
    /// </summary>
    public string WriteCore(PatternChoices choices)
    {
        var start = Parts.Parts.TakeWhile(part => part.IsOptional).Count();
        var end = Parts.Parts.Count - Parts.Parts.Reverse().TakeWhile(part => part.IsOptional).Count();
        return start < end ? Write(Parts.Parts.Take(start..end), choices) : Write(choices);
    }

    private static string Write(IEnumerable<PatternNode> parts, PatternChoices choices)
    {
        var text = new StringBuilder();
        foreach (var part in parts)
            part.AppendTo(text, choices);
        return Spaces().Replace(text.ToString(), " ").Trim();
    }

    [GeneratedRegex(" {2,}")]
    private static partial Regex Spaces();
}
