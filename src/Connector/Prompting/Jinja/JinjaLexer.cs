using System.Globalization;
using System.Text;

namespace OnnxChat.Connector.Prompting.Jinja;

/// <summary>
/// Cuts a template into tokens, with the white space rules that chat templates are written for: <c>trim_blocks</c>
/// (the line break after a block goes) and <c>lstrip_blocks</c> (the indentation before a block goes).
/// </summary>
internal sealed class JinjaLexer
{
    private static readonly string[] Operators = ["//", "**", "==", "!=", "<=", ">=", "(", ")", "[", "]", "{", "}", ",", ":", ".", "|", "~", "+", "-", "*", "/", "%", "=", "<", ">"];

    private readonly string _source;
    private readonly List<JinjaToken> _tokens = [];
    private int _at;
    private int _line = 1;

    private JinjaLexer(string source) => _source = source;

    /// <exception cref="JinjaException">A string, comment or block has no end, or a character means nothing.</exception>
    public static IReadOnlyList<JinjaToken> Scan(string source)
    {
        source = source.ReplaceLineEndings("\n");
        // Jinja drops one line break at the end of a template.
        var lexer = new JinjaLexer(source.EndsWith('\n') ? source[..^1] : source);
        lexer.ScanAll();
        return lexer._tokens;
    }

    private void ScanAll()
    {
        while (_at < _source.Length)
        {
            var open = NextOpening();
            var text = _source[_at..open];
            if (open == _source.Length)
            {
                Add(JinjaTokenKind.Text, text);
                Advance(text.Length);
                break;
            }

            var kind = _source[open + 1];
            var sign = open + 2 < _source.Length ? _source[open + 2] : ' ';
            Add(JinjaTokenKind.Text, sign == '-' ? text.TrimEnd() : kind != '{' && sign != '+' ? WithoutIndentation(text) : text);
            Advance(text.Length + (sign is '-' or '+' ? 3 : 2));
            if (kind == '#')
            {
                SkipComment();
                continue;
            }

            Add(kind == '{' ? JinjaTokenKind.OutputStart : JinjaTokenKind.BlockStart, "");
            ScanTag(kind == '{' ? "}}" : "%}");
        }

        _tokens.Add(new JinjaToken(JinjaTokenKind.End, "", _line));
    }

    private int NextOpening()
    {
        for (var at = _at; at + 1 < _source.Length; at++)
        {
            if (_source[at] == '{' && _source[at + 1] is '{' or '%' or '#')
                return at;
        }

        return _source.Length;
    }

    private string WithoutIndentation(string text)
    {
        var kept = text.TrimEnd(' ', '\t');
        var startsLine = kept.Length > 0 ? kept[^1] == '\n' : _at == 0 || _source[_at - 1] == '\n';
        return startsLine ? kept : text;
    }

    private void SkipComment()
    {
        var end = _source.IndexOf("#}", _at, StringComparison.Ordinal);
        if (end < 0)
            throw new JinjaException($"line {_line}: the comment has no end");
        var sign = end > _at ? _source[end - 1] : ' ';
        Advance(end + 2 - _at);
        SkipAfter(sign, block: true);
    }

    private void ScanTag(string close)
    {
        // A closing brace of a dictionary may stand right before the end of an output.
        var depth = 0;
        while (true)
        {
            while (_at < _source.Length && char.IsWhiteSpace(_source[_at]))
                Advance(1);
            if (_at >= _source.Length)
                throw new JinjaException($"line {_line}: '{close}' is missing");

            var rest = _source.AsSpan(_at);
            var signed = rest.Length > 2 && rest[0] is '-' or '+' && rest[1..].StartsWith(close, StringComparison.Ordinal);
            if (signed || (rest.StartsWith(close, StringComparison.Ordinal) && (depth == 0 || close == "%}")))
            {
                var sign = signed ? rest[0] : ' ';
                Add(close == "}}" ? JinjaTokenKind.OutputEnd : JinjaTokenKind.BlockEnd, "");
                Advance(signed ? 3 : 2);
                SkipAfter(sign, block: close == "%}");
                return;
            }

            depth += ScanToken();
        }
    }

    private void SkipAfter(char sign, bool block)
    {
        if (sign == '-')
        {
            while (_at < _source.Length && char.IsWhiteSpace(_source[_at]))
                Advance(1);
        }
        else if (block && sign != '+' && _at < _source.Length && _source[_at] == '\n')
        {
            Advance(1);
        }
    }

    /// <returns>1 for an opening brace, -1 for a closing one.</returns>
    private int ScanToken()
    {
        var first = _source[_at];
        if (first is '\'' or '"')
        {
            ScanString(first);
            return 0;
        }

        if (char.IsAsciiDigit(first))
        {
            var digits = Run(c => char.IsAsciiDigit(c) || c == '_');
            var isFloat = _at + digits + 1 < _source.Length && _source[_at + digits] == '.' && char.IsAsciiDigit(_source[_at + digits + 1]);
            if (isFloat)
                digits += 1 + Run(char.IsAsciiDigit, digits + 1);
            Take(isFloat ? JinjaTokenKind.Float : JinjaTokenKind.Integer, digits);
            return 0;
        }

        if (char.IsLetter(first) || first == '_')
        {
            Take(JinjaTokenKind.Name, Run(c => char.IsLetterOrDigit(c) || c == '_'));
            return 0;
        }

        var symbol = Array.Find(Operators, o => _source.AsSpan(_at).StartsWith(o, StringComparison.Ordinal))
            ?? throw new JinjaException($"line {_line}: the character '{first}' means nothing here");
        Take(JinjaTokenKind.Operator, symbol.Length);
        return symbol switch { "{" => 1, "}" => -1, _ => 0 };
    }

    private void ScanString(char quote)
    {
        var text = new StringBuilder();
        var at = _at + 1;
        for (; at < _source.Length && _source[at] != quote; at++)
        {
            if (_source[at] != '\\' || at + 1 == _source.Length)
            {
                text.Append(_source[at]);
                continue;
            }

            at++;
            if (_source[at] == 'u' && at + 4 < _source.Length && ushort.TryParse(_source.AsSpan(at + 1, 4), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var unit))
            {
                text.Append((char)unit);
                at += 4;
                continue;
            }

            text.Append(_source[at] switch
            {
                'n' => "\n",
                't' => "\t",
                'r' => "\r",
                '\\' or '\'' or '"' => _source[at].ToString(),
                '\n' => "",
                _ => "\\" + _source[at],
            });
        }

        if (at == _source.Length)
            throw new JinjaException($"line {_line}: the string has no end");
        Add(JinjaTokenKind.String, text.ToString());
        Advance(at + 1 - _at);
    }

    private int Run(Func<char, bool> within, int from = 0)
    {
        var length = 0;
        while (_at + from + length < _source.Length && within(_source[_at + from + length]))
            length++;
        return length;
    }

    private void Take(JinjaTokenKind kind, int length)
    {
        Add(kind, _source.Substring(_at, length));
        Advance(length);
    }

    private void Add(JinjaTokenKind kind, string text)
    {
        if (kind != JinjaTokenKind.Text || text.Length > 0)
            _tokens.Add(new JinjaToken(kind, text, _line));
    }

    private void Advance(int count)
    {
        _line += _source.AsSpan(_at, count).Count('\n');
        _at += count;
    }
}
