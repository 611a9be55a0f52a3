using System.Globalization;

namespace OnnxChat.Connector.Prompting.Jinja;

/// <summary>Compiles expressions, by Jinja's precedence.</summary>
internal sealed class JinjaExpressionParser(JinjaCursor cursor)
{
    private const int MostNested = 100;
    private int _nested;

    /// <summary>An expression, with <c>a if b else c</c>.</summary>
    public JinjaExpression Parse()
    {
        if (++_nested > MostNested)
            throw new JinjaException($"line {cursor.Current.Line}: expressions are nested more than {MostNested} deep");
        var value = ParseOr();
        while (cursor.TakeName("if"))
        {
            var (chosen, condition) = (value, ParseOr());
            var otherwise = cursor.TakeName("else") ? Parse() : _ => new JinjaUndefined("else");
            value = s => JinjaValue.IsTrue(condition(s)) ? chosen(s) : otherwise(s);
        }

        _nested--;
        return value;
    }

    /// <summary>An expression without a condition at its end, as a loop's source is.</summary>
    public JinjaExpression ParseWithoutCondition() => ParseOr();

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
                named.Add((name, Parse()));
            }
            else if (cursor.Sees(JinjaTokenKind.Operator, "*") || cursor.Sees(JinjaTokenKind.Operator, "**"))
            {
                throw JinjaException.Unsupported($"an argument with '{cursor.Current.Text}'", cursor.Current.Line);
            }
            else
            {
                positional.Add(Parse());
            }

            if (!cursor.Take(",") && !cursor.Sees(JinjaTokenKind.Operator, ")"))
                throw cursor.Unexpected("')'");
        }

        return s => new JinjaArguments(positional.ConvertAll(p => p(s)), named.ToDictionary(n => n.Name, n => n.Value(s)));
    }

    private JinjaExpression ParseOr()
    {
        var left = ParseAnd();
        while (cursor.TakeName("or"))
        {
            var (a, b) = (left, ParseAnd());
            left = s => a(s) is var value && JinjaValue.IsTrue(value) ? value : b(s);
        }

        return left;
    }

    private JinjaExpression ParseAnd()
    {
        var left = ParseNot();
        while (cursor.TakeName("and"))
        {
            var (a, b) = (left, ParseNot());
            left = s => a(s) is var value && !JinjaValue.IsTrue(value) ? value : b(s);
        }

        return left;
    }

    private JinjaExpression ParseNot()
    {
        var negations = 0;
        while (cursor.TakeName("not"))
            negations++;
        var value = ParseComparison();
        return negations == 0 ? value : s => JinjaValue.IsTrue(value(s)) == (negations % 2 == 0);
    }

    private JinjaExpression ParseComparison()
    {
        var left = ParseSum();
        while (TakeComparison() is { } compare)
        {
            var (a, b) = (left, ParseSum());
            left = s => compare(a(s), b(s));
        }

        return left;
    }

    private Func<object?, object?, bool>? TakeComparison()
    {
        if (cursor.TakeName("in"))
            return (a, b) => JinjaValue.Contains(b, a);
        if (cursor.SeesName("not") && cursor.SeesName("in", 1))
        {
            cursor.Next();
            cursor.Next();
            return (a, b) => !JinjaValue.Contains(b, a);
        }

        if (cursor.Current.Kind != JinjaTokenKind.Operator)
            return null;
        Func<object?, object?, bool>? compare = cursor.Current.Text switch
        {
            "==" => JinjaValue.AreEqual,
            "!=" => (a, b) => !JinjaValue.AreEqual(a, b),
            "<" => (a, b) => JinjaValue.Compare(a, b) < 0,
            "<=" => (a, b) => JinjaValue.Compare(a, b) <= 0,
            ">" => (a, b) => JinjaValue.Compare(a, b) > 0,
            ">=" => (a, b) => JinjaValue.Compare(a, b) >= 0,
            _ => null,
        };
        if (compare is not null)
            cursor.Next();
        return compare;
    }

    private JinjaExpression ParseSum()
    {
        var left = ParseConcatenation();
        while (cursor.Sees(JinjaTokenKind.Operator, "+") || cursor.Sees(JinjaTokenKind.Operator, "-"))
        {
            var plus = cursor.Next().Text == "+";
            var (a, b) = (left, ParseConcatenation());
            left = plus ? s => JinjaValue.Add(a(s), b(s)) : s => JinjaValue.Arithmetic("-", a(s), b(s));
        }

        return left;
    }

    private JinjaExpression ParseConcatenation()
    {
        var left = ParseProduct();
        while (cursor.Take("~"))
        {
            var (a, b) = (left, ParseProduct());
            left = s => MarkedText.Concat(JinjaValue.ToText(a(s)), JinjaValue.ToText(b(s)));
        }

        return left;
    }

    private JinjaExpression ParseProduct()
    {
        var left = ParsePower();
        while (cursor.Current is { Kind: JinjaTokenKind.Operator, Text: "*" or "/" or "//" or "%" } symbol)
        {
            cursor.Next();
            var (a, b) = (left, ParsePower());
            left = symbol.Text == "*" ? s => JinjaValue.Multiply(a(s), b(s)) : s => JinjaValue.Arithmetic(symbol.Text, a(s), b(s));
        }

        return left;
    }

    private JinjaExpression ParsePower()
    {
        var left = ParseUnary();
        while (cursor.Take("**"))
        {
            var (a, b) = (left, ParseUnary());
            left = s => JinjaValue.Arithmetic("**", a(s), b(s));
        }

        return left;
    }

    private JinjaExpression ParseUnary()
    {
        if (cursor.Take("-"))
        {
            var value = ParsePostfix();
            return s => JinjaValue.Arithmetic("-", 0L, value(s));
        }

        cursor.Take("+");
        return ParseFilters(ParsePostfix());
    }

    private JinjaExpression ParseFilters(JinjaExpression value)
    {
        while (true)
        {
            if (cursor.Take("|"))
                value = ParseFilter(value);
            else if (cursor.TakeName("is"))
                value = ParseTest(value);
            else
                return value;
        }
    }

    /// <summary>A filter after its bar.</summary>
    public JinjaExpression ParseFilter(JinjaExpression value)
    {
        var name = cursor.Expect(JinjaTokenKind.Name);
        var filter = JinjaFilters.Find(name.Text, name.Line);
        var arguments = cursor.Take("(") ? ParseArguments() : _ => JinjaArguments.None;
        return s => filter(value(s), arguments(s));
    }

    private JinjaExpression ParseTest(JinjaExpression value)
    {
        var wanted = !cursor.TakeName("not");
        // 'none', 'true' and 'false' are names here.
        var name = cursor.Expect(JinjaTokenKind.Name);
        var test = JinjaTests.Find(name.Text.ToLowerInvariant(), name.Line);
        Func<JinjaScope, JinjaArguments> arguments = _ => JinjaArguments.None;
        if (cursor.Take("("))
        {
            arguments = ParseArguments();
        }
        else if (cursor.Current is { Kind: JinjaTokenKind.String or JinjaTokenKind.Integer or JinjaTokenKind.Float }
            || cursor.Current is { Kind: JinjaTokenKind.Name, Text: not ("else" or "or" or "and" or "is" or "if" or "in" or "not") }
            || cursor.Sees(JinjaTokenKind.Operator, "["))
        {
            var argument = ParsePostfix();
            arguments = s => new JinjaArguments([argument(s)], JinjaArguments.None.Named);
        }

        return s => test(value(s), arguments(s)) == wanted;
    }

    private JinjaExpression ParsePostfix()
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

    private JinjaExpression ParseSubscript(JinjaExpression of)
    {
        var bounds = new List<JinjaExpression?>();
        var isSlice = false;
        while (true)
        {
            var isEmpty = cursor.Sees(JinjaTokenKind.Operator, ":") || cursor.Sees(JinjaTokenKind.Operator, "]");
            bounds.Add(isEmpty ? null : Parse());
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
        var first = Parse();
        if (cursor.Take(")"))
            return first;
        cursor.Expect(",");
        return ParseList(")", [first]);
    }

    private JinjaExpression ParseList(string close, List<JinjaExpression> elements)
    {
        while (!cursor.Take(close))
        {
            elements.Add(Parse());
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
            var key = Parse();
            cursor.Expect(":");
            entries.Add((key, Parse()));
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
