namespace OnnxChat.Connector.Prompting.Jinja;

/// <summary>Compiles a template: its text, outputs and blocks.</summary>
internal sealed class JinjaStatementParser
{
    private const int MostNested = 50;
    private readonly JinjaCursor _cursor;
    private readonly JinjaExpressionParser _expressions;
    private int _nested;

    private JinjaStatementParser(IReadOnlyList<JinjaToken> tokens)
    {
        _cursor = new JinjaCursor(tokens);
        _expressions = new JinjaExpressionParser(_cursor);
    }

    /// <exception cref="JinjaException">The template is malformed, or has a construct that is not supported.</exception>
    public static JinjaStatement Parse(string template)
    {
        var parser = new JinjaStatementParser(JinjaLexer.Scan(template));
        var body = parser.ParseBody();
        return parser._cursor.Current.Kind == JinjaTokenKind.End ? body : throw parser._cursor.Unexpected("the end");
    }

    /// <summary>What stands before one of the given blocks, which is left to be read.</summary>
    private JinjaStatement ParseBody(params string[] ends)
    {
        if (++_nested > MostNested)
            throw new JinjaException($"line {_cursor.Current.Line}: blocks are nested more than {MostNested} deep");
        var statements = new List<JinjaStatement>();
        while (_cursor.Current.Kind != JinjaTokenKind.End)
        {
            if (_cursor.Current.Kind == JinjaTokenKind.BlockStart && ends.Any(e => _cursor.SeesName(e, 1)))
                break;
            statements.Add(ParseStatement());
        }

        _nested--;
        return (scope, output) =>
        {
            foreach (var statement in statements)
            {
                scope.Count();
                if (statement(scope, output) is var flow and not JinjaFlow.Next)
                    return flow;
            }

            return JinjaFlow.Next;
        };
    }

    private JinjaStatement ParseStatement()
    {
        var token = _cursor.Next();
        switch (token.Kind)
        {
            case JinjaTokenKind.Text:
                var text = JinjaValue.Text(token.Text);
                return Do((_, output) => output.Add(text));
            case JinjaTokenKind.OutputStart:
                var value = _expressions.Parse();
                _cursor.Expect(JinjaTokenKind.OutputEnd);
                return Do((scope, output) => output.Add(JinjaValue.ToText(value(scope))));
            case JinjaTokenKind.BlockStart:
                return ParseBlock(_cursor.Expect(JinjaTokenKind.Name));
            default:
                throw new JinjaException($"line {token.Line}: '{token.Text}' stands where text or a block should");
        }
    }

    private JinjaStatement ParseBlock(JinjaToken name)
    {
        switch (name.Text)
        {
            case "if":
                return ParseIf();
            case "for":
                return ParseFor();
            case "set":
                return ParseSet();
            case "macro":
                return ParseMacro();
            case "filter":
                return ParseFilterBlock();
            case "generation":
                // Marks what a trainer learns from; a prompt is the same without it.
                EndOfBlock();
                var body = ParseBody("endgeneration");
                End("endgeneration");
                return body;
            case "break":
                EndOfBlock();
                return (_, _) => JinjaFlow.Break;
            case "continue":
                EndOfBlock();
                return (_, _) => JinjaFlow.Continue;
            case "do":
                var effect = _expressions.Parse();
                EndOfBlock();
                return Do((scope, _) => effect(scope));
            default:
                throw JinjaException.Unsupported($"the block '{name.Text}'", name.Line);
        }
    }

    private JinjaStatement ParseIf()
    {
        var branches = new List<(JinjaExpression Condition, JinjaStatement Body)>();
        JinjaStatement otherwise = (_, _) => JinjaFlow.Next;
        do
        {
            var condition = _expressions.Parse();
            EndOfBlock();
            branches.Add((condition, ParseBody("elif", "else", "endif")));
        }
        while (TakeBlock("elif"));

        if (TakeBlock("else"))
        {
            EndOfBlock();
            otherwise = ParseBody("endif");
        }

        End("endif");
        return (scope, output) =>
        {
            foreach (var (condition, body) in branches)
            {
                if (JinjaValue.IsTrue(condition(scope)))
                    return body(scope, output);
            }

            return otherwise(scope, output);
        };
    }

    private JinjaStatement ParseFor()
    {
        var names = ParseNames();
        _cursor.ExpectName("in");
        var source = _expressions.ParseWithoutCondition();
        var condition = _cursor.TakeName("if") ? _expressions.Parse() : null;
        if (_cursor.SeesName("recursive"))
            throw JinjaException.Unsupported("a recursive loop", _cursor.Current.Line);
        EndOfBlock();
        var body = ParseBody("else", "endfor");
        JinjaStatement? otherwise = null;
        if (TakeBlock("else"))
        {
            EndOfBlock();
            otherwise = ParseBody("endfor");
        }

        End("endfor");
        return (scope, output) => JinjaLoop.Run(scope, output, names, source, condition, body, otherwise);
    }

    private JinjaStatement ParseSet()
    {
        var names = ParseNames();
        if (names.Count == 1 && _cursor.Take("."))
        {
            var member = _cursor.Expect(JinjaTokenKind.Name).Text;
            _cursor.Expect("=");
            var assigned = _expressions.Parse();
            EndOfBlock();
            return Do((scope, _) => ((scope[names[0]] as OrderedDictionary<string, object?>)
                ?? throw new JinjaException($"'{names[0]}' is no namespace"))[member] = assigned(scope));
        }

        if (_cursor.Take("="))
        {
            var value = ParseValues();
            EndOfBlock();
            return Do((scope, _) => JinjaLoop.Assign(scope, names, value(scope)));
        }

        EndOfBlock();
        var body = ParseBody("endset");
        End("endset");
        return Do((scope, _) => scope[names[0]] = Capture(body, scope.Inner()));
    }

    /// <summary>One value, or several with commas, which are a list.</summary>
    private JinjaExpression ParseValues()
    {
        var values = new List<JinjaExpression> { _expressions.Parse() };
        while (_cursor.Take(","))
            values.Add(_expressions.Parse());
        return values.Count == 1 ? values[0] : scope => values.ConvertAll(v => v(scope));
    }

    private JinjaStatement ParseMacro()
    {
        var name = _cursor.Expect(JinjaTokenKind.Name).Text;
        var parameters = new List<(string Name, JinjaExpression Default)>();
        _cursor.Expect("(");
        while (!_cursor.Take(")"))
        {
            var parameter = _cursor.Expect(JinjaTokenKind.Name).Text;
            parameters.Add((parameter, _cursor.Take("=") ? _expressions.Parse() : _ => new JinjaUndefined(parameter)));
            if (!_cursor.Take(",") && !_cursor.Sees(JinjaTokenKind.Operator, ")"))
                throw _cursor.Unexpected("')'");
        }

        EndOfBlock();
        var body = ParseBody("endmacro");
        End("endmacro");
        return Do((scope, _) => scope[name] = new JinjaCallable(arguments => scope.Call(inner =>
        {
            for (var i = 0; i < parameters.Count; i++)
                inner[parameters[i].Name] = arguments.Get(i, parameters[i].Name) is var given and not JinjaUndefined ? given : parameters[i].Default(inner);
            return Capture(body, inner);
        })));
    }

    private JinjaStatement ParseFilterBlock()
    {
        var filtered = _expressions.ParseFilter(scope => scope[""]);
        EndOfBlock();
        var body = ParseBody("endfilter");
        End("endfilter");
        return Do((scope, output) =>
        {
            var inner = scope.Inner();
            inner[""] = Capture(body, scope.Inner());
            output.Add(JinjaValue.ToText(filtered(inner)));
        });
    }

    private List<string> ParseNames()
    {
        var parenthesis = _cursor.Take("(");
        var names = new List<string> { _cursor.Expect(JinjaTokenKind.Name).Text };
        while (_cursor.Take(","))
            names.Add(_cursor.Expect(JinjaTokenKind.Name).Text);
        if (parenthesis)
            _cursor.Expect(")");
        return names;
    }

    private static MarkedText Capture(JinjaStatement body, JinjaScope scope)
    {
        var output = new List<MarkedText>();
        body(scope, output);
        return MarkedText.Concat(output);
    }

    private bool TakeBlock(string name)
    {
        if (_cursor.Current.Kind != JinjaTokenKind.BlockStart || !_cursor.SeesName(name, 1))
            return false;
        _cursor.Next();
        _cursor.Next();
        return true;
    }

    private void End(string name)
    {
        if (!TakeBlock(name))
            throw _cursor.Unexpected($"'{name}'");
        EndOfBlock();
    }

    private void EndOfBlock() => _cursor.Expect(JinjaTokenKind.BlockEnd);

    private static JinjaStatement Do(Action<JinjaScope, List<MarkedText>> action) => (scope, output) =>
    {
        action(scope, output);
        return JinjaFlow.Next;
    };
}
