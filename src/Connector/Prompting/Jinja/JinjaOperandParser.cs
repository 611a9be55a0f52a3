using System.Globalization;

namespace OnnxChat.Connector.Prompting.Jinja;

/// <summary>Compiles what stands between operators: literals, names, and the members, entries and calls behind them.</summary>
internal sealed class JinjaOperandParser(JinjaCursor cursor, JinjaExpressionParser expressions)
{
    /// <summary>A value with what is behind it: members, entries, calls.</summary>
    public JinjaExpression Parse()
    {
        var value = ParsePrimary();
        while (true)
        {
            var of = value;
            if (cursor.Take("."))
            {
                var name = cursor.Next();
                value = name.Kind == JinjaTokenKind.Integer && long.TryParse(name.Text, CultureInfo.InvariantCulture, out var place)
                    ? s => JinjaMembers.Item(of(s), place)
                    : s => JinjaMembers.Attribute(of(s), name.Text);
            }
            else if (cursor.Take("["))
            {
                value = ParseSubscript(of);
            }
            else if (cursor.Current is { Kind: JinjaTokenKind.Operator, Text: "(" } open)
            {
                cursor.Next();
                var arguments = ParseArguments();
                value = s => of(s) switch
                {
                    JinjaCallable call => call(arguments(s)),
                    JinjaUndefined undefined => throw JinjaException.Unsupported($"the function '{undefined.Name}'", open.Line),
                    var other => throw new JinjaException($"line {open.Line}: {JinjaValue.TypeName(other)} is called"),
                };
            }
            else
            {
                return value;
            }
        }
    }

    /// <summary>The arguments of a call, after its opening parenthesis.</summary>
    public Func<JinjaScope, JinjaArguments> ParseArguments()
    {
        var positional = new List<JinjaExpression>();
        var named = new List<(string Name, JinjaExpression Value)>();
        while (!cursor.Take(")"))
        {
            if (cursor.Current.Kind == JinjaTokenKind.Name && cursor.Sees(JinjaTokenKind.Operator, "=", 1))
            {
                var name = cursor.Next().Text;
                cursor.Expect("=");
                named.Add((name, expressions.Parse()));
            }
            else if (cursor.Sees(JinjaTokenKind.Operator, "*") || cursor.Sees(JinjaTokenKind.Operator, "**"))
            {
                throw JinjaException.Unsupported($"an argument with '{cursor.Current.Text}'", cursor.Current.Line);
            }
            else
            {
                positional.Add(expressions.Parse());
            }

            if (!cursor.Take(",") && !cursor.Sees(JinjaTokenKind.Operator, ")"))
                throw cursor.Unexpected("')'");
        }

        return s => new JinjaArguments(positional.ConvertAll(p => p(s)), named.ToDictionary(n => n.Name, n => n.Value(s)));
    }

    private JinjaExpression ParseSubscript(JinjaExpression of)
    {
        var bounds = new List<JinjaExpression?>();
        var isSlice = false;
        while (true)
        {
            var isEmpty = cursor.Sees(JinjaTokenKind.Operator, ":") || cursor.Sees(JinjaTokenKind.Operator, "]");
            bounds.Add(isEmpty ? null : expressions.Parse());
            if (!cursor.Take(":"))
                break;
            isSlice = true;
        }

        cursor.Expect("]");
        if (isSlice)
            return s => JinjaMembers.Slice(of(s), Bound(bounds, 0, s), Bound(bounds, 1, s), Bound(bounds, 2, s));
        var key = bounds[0] ?? throw cursor.Unexpected("a key");
        return s => JinjaMembers.Item(of(s), key(s));
    }

    private static long? Bound(List<JinjaExpression?> bounds, int place, JinjaScope scope) =>
        place < bounds.Count && bounds[place] is { } bound && bound(scope) is { } value
            ? value as long? ?? throw new JinjaException($"a slice is bounded by {JinjaValue.TypeName(value)}")
            : null;

    private JinjaExpression ParsePrimary()
    {
        var token = cursor.Next();
        return token.Kind switch
        {
            JinjaTokenKind.String => ParseString(token.Text),
            JinjaTokenKind.Integer => Constant(long.TryParse(token.Text.Replace("_", "", StringComparison.Ordinal), CultureInfo.InvariantCulture, out var whole)
                ? whole : throw new JinjaException($"line {token.Line}: {token.Text} is too large")),
            JinjaTokenKind.Float => Constant(double.Parse(token.Text.Replace("_", "", StringComparison.Ordinal), CultureInfo.InvariantCulture)),
            JinjaTokenKind.Name => token.Text switch
            {
                "true" or "True" => Constant(true),
                "false" or "False" => Constant(false),
                "none" or "None" => Constant(null),
                var name => s => s[name],
            },
            JinjaTokenKind.Operator when token.Text == "(" => ParseParenthesis(),
            JinjaTokenKind.Operator when token.Text == "[" => ParseList("]", []),
            JinjaTokenKind.Operator when token.Text == "{" => ParseMap(),
            _ => throw new JinjaException($"line {token.Line}: '{(token.Text.Length > 0 ? token.Text : token.Kind)}' stands where a value should"),
        };
    }

    // Strings side by side are one, as in Python.
    private JinjaExpression ParseString(string text)
    {
        while (cursor.Current.Kind == JinjaTokenKind.String)
            text += cursor.Next().Text;
        return Constant(JinjaValue.Text(text));
    }

    private JinjaExpression ParseParenthesis()
    {
        if (cursor.Take(")"))
            return _ => new List<object?>();
        var first = expressions.Parse();
        if (cursor.Take(")"))
            return first;
        cursor.Expect(",");
        return ParseList(")", [first]);
    }

    private JinjaExpression ParseList(string close, List<JinjaExpression> elements)
    {
        while (!cursor.Take(close))
        {
            elements.Add(expressions.Parse());
            if (!cursor.Take(",") && !cursor.Sees(JinjaTokenKind.Operator, close))
                throw cursor.Unexpected($"'{close}'");
        }

        return s => elements.ConvertAll(e => e(s));
    }

    private JinjaExpression ParseMap()
    {
        var entries = new List<(JinjaExpression Key, JinjaExpression Value)>();
        while (!cursor.Take("}"))
        {
            var key = expressions.Parse();
            cursor.Expect(":");
            entries.Add((key, expressions.Parse()));
            if (!cursor.Take(",") && !cursor.Sees(JinjaTokenKind.Operator, "}"))
                throw cursor.Unexpected("'}'");
        }

        return s =>
        {
            var map = new OrderedDictionary<string, object?>(StringComparer.Ordinal);
            foreach (var (key, value) in entries)
                map[JinjaValue.ToText(key(s)).Characters] = value(s);
            return map;
        };
    }

    private static JinjaExpression Constant(object? value) => _ => value;
}
