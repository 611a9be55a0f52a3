using System.Text;
using OnnxChat.ModelTools.CommandLine;

namespace OnnxChat.Training.Expand;

/// <summary>Reads one pattern: <c>[a|b|]</c> is one of the alternatives, <c>{name}</c> a macro or a slot.</summary>
internal sealed class PatternParser
{
    private readonly string _pattern;
    private readonly string _place;
    private readonly Func<string, PatternNode?> _named;
    private int _at;

    private PatternParser(string pattern, string place, Func<string, PatternNode?> named)
    {
        _pattern = pattern;
        _place = place;
        _named = named;
    }

    /// <param name="pattern">The pattern's text.</param>
    /// <param name="place">File and line, for errors.</param>
    /// <param name="named">What a name in braces stands for; null for nothing.</param>
    /// <exception cref="UserException">A bracket or brace has no counterpart, or a name stands for nothing.</exception>
    public static PatternSequence Parse(string pattern, string place, Func<string, PatternNode?> named)
    {
        var parser = new PatternParser(pattern, place, named);
        var parts = parser.ReadSequence(within: false);
        return parser._at == pattern.Length
            ? parts
            : throw parser.Refused(parser._at, "']' closes nothing; write the '[' that it belongs to");
    }

    private PatternSequence ReadSequence(bool within)
    {
        var parts = new List<PatternNode>();
        var text = new StringBuilder();
        for (; _at < _pattern.Length; _at++)
        {
            var character = _pattern[_at];
            if (character == ']' || (within && character == '|'))
                break;
            if (character == '}')
                throw Refused(_at, "'}' closes nothing; write the '{' that it belongs to");
            if (character is not ('[' or '{'))
            {
                text.Append(character);
                continue;
            }

            AddText(parts, text);
            parts.Add(character == '[' ? ReadAlternatives() : ReadNamed());
        }

        AddText(parts, text);
        return new PatternSequence(parts);
    }

    // Both leave off at the closing character.
    private PatternAlternatives ReadAlternatives()
    {
        var open = _at;
        var alternatives = new List<PatternSequence>();
        do
        {
            _at++;
            alternatives.Add(ReadSequence(within: true));
        }
        while (_at < _pattern.Length && _pattern[_at] == '|');
        return _at < _pattern.Length ? new PatternAlternatives(alternatives) : throw Refused(open, "'[' is not closed; write its ']'");
    }

    private PatternNode ReadNamed()
    {
        var open = _at;
        _at = _pattern.IndexOf('}', open);
        if (_at < 0)
            throw Refused(open, "'{' is not closed; write its '}'");
        var name = _pattern[(open + 1).._at];
        return _named(name) ?? throw Refused(open, $"{{{name}}} is neither a slot nor a macro; define it in macros.txt as '{name} = text'");
    }

    private static void AddText(List<PatternNode> parts, StringBuilder text)
    {
        if (text.Length > 0)
            parts.Add(new PatternText(text.ToString()));
        text.Clear();
    }

    private UserException Refused(int at, string reason) => new($"{_place}, column {at + 1}: {reason}.");
}
