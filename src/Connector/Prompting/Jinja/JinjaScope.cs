namespace OnnxChat.Connector.Prompting.Jinja;

/// <summary>Names and their values, and how much work may still be done.</summary>
internal sealed class JinjaScope
{
    // A chat template takes some steps a message. The limits keep a broken one from holding a request up for good.
    private const int MostSteps = 1_000_000;
    private const int MostCalls = 50;

    private readonly Dictionary<string, object?> _values = new(StringComparer.Ordinal);
    private readonly JinjaScope? _parent;
    private int _steps;
    private int _calls;

    public JinjaScope() => Root = this;

    private JinjaScope(JinjaScope parent)
    {
        _parent = parent;
        Root = parent.Root;
    }

    /// <summary>The template's own scope, which macros see.</summary>
    public JinjaScope Root { get; }

    public object? this[string name]
    {
        get
        {
            for (var scope = this; scope is not null; scope = scope._parent)
            {
                if (scope._values.TryGetValue(name, out var value))
                    return value;
            }

            return new JinjaUndefined(name);
        }

        set => _values[name] = value;
    }

    public JinjaScope Inner() => new(this);

    public void Count()
    {
        if (++Root._steps > MostSteps)
            throw new JinjaException($"the template takes more than {MostSteps} steps");
    }

    /// <summary>Calls a macro, whose calls are bounded because they nest on the thread's stack.</summary>
    public object? Call(Func<JinjaScope, object?> macro)
    {
        if (++Root._calls > MostCalls)
            throw new JinjaException($"macros call each other more than {MostCalls} deep");
        var result = macro(Root.Inner());
        Root._calls--;
        return result;
    }
}
