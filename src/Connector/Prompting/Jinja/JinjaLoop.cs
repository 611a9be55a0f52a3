namespace OnnxChat.Connector.Prompting.Jinja;

/// <summary>Runs a <c>for</c> block.</summary>
internal static class JinjaLoop
{
    public static JinjaFlow Run(
        JinjaScope scope, List<MarkedText> output, List<string> names, JinjaExpression source, JinjaExpression? condition, JinjaStatement body, JinjaStatement? otherwise)
    {
        var elements = new List<object?>(JinjaValue.Elements(source(scope)));
        if (condition is not null)
            elements = elements.FindAll(e => JinjaValue.IsTrue(condition(ScopeOf(scope, names, e))));
        if (elements.Count == 0)
            return otherwise?.Invoke(scope, output) ?? JinjaFlow.Next;

        for (var i = 0; i < elements.Count; i++)
        {
            scope.Count();
            var inner = ScopeOf(scope, names, elements[i]);
            inner["loop"] = Describe(elements, i);
            if (body(inner, output) == JinjaFlow.Break)
                break;
        }

        return JinjaFlow.Next;
    }

    /// <summary>Gives one name a value, or several the elements of a list.</summary>
    public static void Assign(JinjaScope scope, List<string> names, object? value)
    {
        if (names.Count == 1)
        {
            scope[names[0]] = value;
            return;
        }

        var parts = JinjaValue.Elements(value);
        if (parts.Count != names.Count)
            throw new JinjaException($"{parts.Count} values stand for the {names.Count} names {string.Join(", ", names)}");
        for (var i = 0; i < parts.Count; i++)
            scope[names[i]] = parts[i];
    }

    private static JinjaScope ScopeOf(JinjaScope scope, List<string> names, object? element)
    {
        var inner = scope.Inner();
        Assign(inner, names, element);
        return inner;
    }

    private static OrderedDictionary<string, object?> Describe(List<object?> elements, int index) => new(StringComparer.Ordinal)
    {
        ["index"] = index + 1L,
        ["index0"] = (long)index,
        ["revindex"] = (long)(elements.Count - index),
        ["revindex0"] = elements.Count - index - 1L,
        ["first"] = index == 0,
        ["last"] = index == elements.Count - 1,
        ["length"] = (long)elements.Count,
        ["previtem"] = index > 0 ? elements[index - 1] : new JinjaUndefined("loop.previtem"),
        ["nextitem"] = index < elements.Count - 1 ? elements[index + 1] : new JinjaUndefined("loop.nextitem"),
    };
}
