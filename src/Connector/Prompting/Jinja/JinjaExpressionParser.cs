namespace OnnxChat.Connector.Prompting.Jinja;

/// <summary>Compiles expressions, by Jinja's precedence.</summary>
internal sealed class JinjaExpressionParser
{
    private const int MostNested = 100;
    private readonly JinjaCursor _cursor;
    private readonly JinjaOperandParser _operands;
    private int _nested;

    public JinjaExpressionParser(JinjaCursor cursor)
    {
        _cursor = cursor;
        _operands = new JinjaOperandParser(cursor, this);
    }

    /// <summary>An expression, with <c>a if b else c</c>.</summary>
    public JinjaExpression Parse()
    {
        if (++_nested > MostNested)
            throw new JinjaException($"line {_cursor.Current.Line}: expressions are nested more than {MostNested} deep");
        var value = ParseOr();
        while (_cursor.TakeName("if"))
        {
            var (chosen, condition) = (value, ParseOr());
            var otherwise = _cursor.TakeName("else") ? Parse() : _ => new JinjaUndefined("else");
            value = s => JinjaValue.IsTrue(condition(s)) ? chosen(s) : otherwise(s);
        }

        _nested--;
        return value;
    }

    /// <summary>An expression without a condition at its end, as a loop's source is.</summary>
    public JinjaExpression ParseWithoutCondition() => ParseOr();

    private JinjaExpression ParseOr()
    {
        var left = ParseAnd();
        while (_cursor.TakeName("or"))
        {
            var (a, b) = (left, ParseAnd());
            left = s => a(s) is var value && JinjaValue.IsTrue(value) ? value : b(s);
        }

        return left;
    }

    private JinjaExpression ParseAnd()
    {
        var left = ParseNot();
        while (_cursor.TakeName("and"))
        {
            var (a, b) = (left, ParseNot());
            left = s => a(s) is var value && !JinjaValue.IsTrue(value) ? value : b(s);
        }

        return left;
    }

    private JinjaExpression ParseNot()
    {
        var negations = 0;
        while (_cursor.TakeName("not"))
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
        if (_cursor.TakeName("in"))
            return (a, b) => JinjaValue.Contains(b, a);
        if (_cursor.SeesName("not") && _cursor.SeesName("in", 1))
        {
            _cursor.Next();
            _cursor.Next();
            return (a, b) => !JinjaValue.Contains(b, a);
        }

        if (_cursor.Current.Kind != JinjaTokenKind.Operator)
            return null;
        Func<object?, object?, bool>? compare = _cursor.Current.Text switch
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
            _cursor.Next();
        return compare;
    }

    private JinjaExpression ParseSum()
    {
        var left = ParseConcatenation();
        while (_cursor.Sees(JinjaTokenKind.Operator, "+") || _cursor.Sees(JinjaTokenKind.Operator, "-"))
        {
            var plus = _cursor.Next().Text == "+";
            var (a, b) = (left, ParseConcatenation());
            left = plus ? s => JinjaValue.Add(a(s), b(s)) : s => JinjaValue.Arithmetic("-", a(s), b(s));
        }

        return left;
    }

    private JinjaExpression ParseConcatenation()
    {
        var left = ParseProduct();
        while (_cursor.Take("~"))
        {
            var (a, b) = (left, ParseProduct());
            left = s => MarkedText.Concat(JinjaValue.ToText(a(s)), JinjaValue.ToText(b(s)));
        }

        return left;
    }

    private JinjaExpression ParseProduct()
    {
        var left = ParsePower();
        while (_cursor.Current is { Kind: JinjaTokenKind.Operator, Text: "*" or "/" or "//" or "%" } symbol)
        {
            _cursor.Next();
            var (a, b) = (left, ParsePower());
            left = symbol.Text == "*" ? s => JinjaValue.Multiply(a(s), b(s)) : s => JinjaValue.Arithmetic(symbol.Text, a(s), b(s));
        }

        return left;
    }

    private JinjaExpression ParsePower()
    {
        var left = ParseUnary();
        while (_cursor.Take("**"))
        {
            var (a, b) = (left, ParseUnary());
            left = s => JinjaValue.Arithmetic("**", a(s), b(s));
        }

        return left;
    }

    private JinjaExpression ParseUnary()
    {
        if (_cursor.Take("-"))
        {
            var value = _operands.Parse();
            return s => JinjaValue.Arithmetic("-", 0L, value(s));
        }

        _cursor.Take("+");
        return ParseFilters(_operands.Parse());
    }

    private JinjaExpression ParseFilters(JinjaExpression value)
    {
        while (true)
        {
            if (_cursor.Take("|"))
                value = ParseFilter(value);
            else if (_cursor.TakeName("is"))
                value = ParseTest(value);
            else
                return value;
        }
    }

    /// <summary>A filter after its bar.</summary>
    public JinjaExpression ParseFilter(JinjaExpression value)
    {
        var name = _cursor.Expect(JinjaTokenKind.Name);
        var filter = JinjaFilters.Find(name.Text, name.Line);
        var arguments = _cursor.Take("(") ? _operands.ParseArguments() : _ => JinjaArguments.None;
        return s => filter(value(s), arguments(s));
    }

    private JinjaExpression ParseTest(JinjaExpression value)
    {
        var wanted = !_cursor.TakeName("not");
        // 'none', 'true' and 'false' are names here.
        var name = _cursor.Expect(JinjaTokenKind.Name);
        var test = JinjaTests.Find(name.Text.ToLowerInvariant(), name.Line);
        Func<JinjaScope, JinjaArguments> arguments = _ => JinjaArguments.None;
        if (_cursor.Take("("))
        {
            arguments = _operands.ParseArguments();
        }
        else if (_cursor.Current is { Kind: JinjaTokenKind.String or JinjaTokenKind.Integer or JinjaTokenKind.Float }
            || _cursor.Current is { Kind: JinjaTokenKind.Name, Text: not ("else" or "or" or "and" or "is" or "if" or "in" or "not") }
            || _cursor.Sees(JinjaTokenKind.Operator, "["))
        {
            var argument = _operands.Parse();
            arguments = s => new JinjaArguments([argument(s)], JinjaArguments.None.Named);
        }

        return s => test(value(s), arguments(s)) == wanted;
    }
}
