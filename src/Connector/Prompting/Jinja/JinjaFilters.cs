using System.Globalization;

namespace OnnxChat.Connector.Prompting.Jinja;

/// <summary>The filters that stand behind <c>|</c>.</summary>
internal static class JinjaFilters
{
    private static readonly Dictionary<string, Func<object?, JinjaArguments, object?>> Filters = new(StringComparer.Ordinal)
    {
        ["trim"] = (v, a) => JinjaValue.ToText(v).Trim(true, true, a.Text(0, "chars")),
        ["length"] = (v, _) => Length(v),
        ["count"] = (v, _) => Length(v),
        ["default"] = (v, a) => Default(v, a),
        ["d"] = (v, a) => Default(v, a),
        ["first"] = (v, _) => JinjaValue.Elements(v) is [var first, ..] ? first : new JinjaUndefined("first"),
        ["last"] = (v, _) => JinjaValue.Elements(v) is [.., var last] ? last : new JinjaUndefined("last"),
        ["upper"] = (v, _) => JinjaValue.ToText(v).Map(t => t.ToUpperInvariant()),
        ["lower"] = (v, _) => JinjaValue.ToText(v).Map(t => t.ToLowerInvariant()),
        ["title"] = (v, _) => JinjaMembers.Title(JinjaValue.ToText(v)),
        ["capitalize"] = (v, _) => JinjaMembers.Capitalize(JinjaValue.ToText(v)),
        ["replace"] = (v, a) => JinjaValue.ToText(v).Replace(a.Text(0, "old") ?? "", JinjaValue.ToText(a.Get(1, "new"))),
        ["string"] = (v, _) => JinjaValue.ToText(v),
        ["safe"] = (v, _) => v,
        ["list"] = (v, _) => new List<object?>(JinjaValue.Elements(v)),
        ["reverse"] = (v, _) => JinjaMembers.Slice(v, null, null, -1),
        ["join"] = (v, a) => MarkedText.Join(JinjaValue.Text(a.Text(0, "d") ?? ""), Attributes(v, a.Text(1, "attribute")).Select(JinjaValue.ToText)),
        ["items"] = (v, _) => v is OrderedDictionary<string, object?> map ? ((JinjaCallable)JinjaMembers.Attribute(map, "items")!)(JinjaArguments.None) : new List<object?>(),
        ["map"] = Map,
        ["select"] = (v, a) => Select(v, a, wanted: true, hasAttribute: false),
        ["reject"] = (v, a) => Select(v, a, wanted: false, hasAttribute: false),
        ["selectattr"] = (v, a) => Select(v, a, wanted: true, hasAttribute: true),
        ["rejectattr"] = (v, a) => Select(v, a, wanted: false, hasAttribute: true),
        ["unique"] = (v, _) => Unique(v),
        ["int"] = (v, a) => ToInteger(v, a.Number(0, "default", 0)),
        ["float"] = (v, _) => v is long whole ? whole : v is double fraction ? fraction : double.TryParse(JinjaValue.ToText(v).Characters, CultureInfo.InvariantCulture, out var parsed) ? parsed : 0.0,
        ["abs"] = (v, _) => v is long whole ? Math.Abs(whole) : v is double fraction ? Math.Abs(fraction) : throw new JinjaException($"abs of {JinjaValue.TypeName(v)}"),
        ["indent"] = Indent,
        ["tojson"] = (v, a) => new JinjaJson(a).Write(v),
    };

    /// <exception cref="JinjaException">There is none of that name.</exception>
    public static Func<object?, JinjaArguments, object?> Find(string name, int line) =>
        Filters.TryGetValue(name, out var filter) ? filter : throw JinjaException.Unsupported($"the filter '{name}'", line);

    private static long Length(object? value) => value switch
    {
        MarkedText text => text.Length,
        JinjaUndefined => 0,
        List<object?> or OrderedDictionary<string, object?> => JinjaValue.Elements(value).Count,
        _ => throw new JinjaException($"{JinjaValue.TypeName(value)} has no length"),
    };

    private static object? Default(object? value, JinjaArguments arguments) =>
        value is JinjaUndefined || (JinjaValue.IsTrue(arguments.Get(1, "boolean")) && !JinjaValue.IsTrue(value)) ? arguments.Get(0, "default_value") : value;

    private static IEnumerable<object?> Attributes(object? value, string? attribute) =>
        attribute is null ? JinjaValue.Elements(value) : JinjaValue.Elements(value).Select(v => JinjaMembers.Attribute(v, attribute));

    private static List<object?> Map(object? value, JinjaArguments arguments)
    {
        if (arguments.Named.TryGetValue("attribute", out var attribute))
            return Attributes(value, JinjaValue.ToText(attribute).Characters).ToList();
        var filter = Find(arguments.Text(0, "filter") ?? "", 0);
        var rest = arguments with { Positional = [.. arguments.Positional.Skip(1)] };
        return JinjaValue.Elements(value).ConvertAll(v => filter(v, rest));
    }

    private static List<object?> Select(object? value, JinjaArguments arguments, bool wanted, bool hasAttribute)
    {
        var attribute = hasAttribute ? arguments.Text(0, "attribute") : null;
        var names = arguments.Positional.Skip(hasAttribute ? 1 : 0).ToList();
        var test = names.Count > 0 ? JinjaTests.Find(JinjaValue.ToText(names[0]).Characters, 0) : (v, _) => JinjaValue.IsTrue(v);
        var rest = new JinjaArguments([.. names.Skip(1)], arguments.Named);
        return JinjaValue.Elements(value).FindAll(v => test(attribute is null ? v : JinjaMembers.Attribute(v, attribute), rest) == wanted);
    }

    private static MarkedText Indent(object? value, JinjaArguments arguments)
    {
        var indent = JinjaValue.Text(new string(' ', Math.Clamp(arguments.Number(0, "width", 4), 0, 100)));
        bool first = JinjaValue.IsTrue(arguments.Get(1, "first")), blank = JinjaValue.IsTrue(arguments.Get(2, "blank"));
        var lines = JinjaValue.ToText(value).Split("\n");
        return MarkedText.Join(JinjaValue.Text("\n"), lines.Select((line, i) => i == 0 ? !first : line.Length == 0 && !blank)
            .Zip(lines, (bare, line) => bare ? line : MarkedText.Concat(indent, line)));
    }

    private static List<object?> Unique(object? value)
    {
        var seen = new List<object?>();
        foreach (var element in JinjaValue.Elements(value))
        {
            if (!seen.Exists(s => JinjaValue.AreEqual(s, element)))
                seen.Add(element);
        }

        return seen;
    }

    private static long ToInteger(object? value, long otherwise) => value switch
    {
        long whole => whole,
        bool flag => flag ? 1 : 0,
        double fraction => (long)fraction,
        MarkedText text when long.TryParse(text.Characters, CultureInfo.InvariantCulture, out var parsed) => parsed,
        _ => otherwise,
    };
}
