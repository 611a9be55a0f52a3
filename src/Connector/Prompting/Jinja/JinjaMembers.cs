using System.Globalization;

namespace OnnxChat.Connector.Prompting.Jinja;

/// <summary>What stands behind a dot or in brackets: entries, elements, slices, and the methods of Python's texts and mappings.</summary>
internal static class JinjaMembers
{
    /// <summary><c>value.name</c>: a method comes before an entry of that name.</summary>
    public static object? Attribute(object? value, string name) => value switch
    {
        MarkedText text => TextMethod(text, name) ?? (object)new JinjaUndefined(name),
        OrderedDictionary<string, object?> map => MapMethod(map, name) ?? (map.TryGetValue(name, out var entry) ? entry : new JinjaUndefined(name)),
        List<object?> list when name == "append" => new JinjaCallable(arguments =>
        {
            list.Add(arguments.Get(0, "item"));
            return null;
        }),
        JinjaUndefined undefined => throw new JinjaException($"'{undefined.Name}' is undefined and has no '{name}'"),
        _ => new JinjaUndefined(name),
    };

    /// <summary><c>value[key]</c>.</summary>
    public static object? Item(object? value, object? key) => (value, key) switch
    {
        (OrderedDictionary<string, object?> map, MarkedText name) => map.TryGetValue(name.Characters, out var entry) ? entry : Attribute(value, name.Characters),
        (List<object?> list, long index) => Within(index, list.Count) is { } at ? list[at] : new JinjaUndefined($"[{index}]"),
        (MarkedText text, long index) => Within(index, text.Length) is { } at ? text.Slice(at, 1) : new JinjaUndefined($"[{index}]"),
        (JinjaUndefined undefined, _) => throw new JinjaException($"'{undefined.Name}' is undefined and has no entries"),
        (_, MarkedText name) => Attribute(value, name.Characters),
        _ => new JinjaUndefined(JinjaValue.TypeName(key)),
    };

    /// <summary><c>value[start:stop:step]</c>, each null where it is left out.</summary>
    public static object? Slice(object? value, long? start, long? stop, long? step)
    {
        var by = step ?? 1;
        if (by == 0)
            throw new JinjaException("a slice has the step 0");
        var count = value switch
        {
            List<object?> list => list.Count,
            MarkedText text => text.Length,
            _ => throw new JinjaException($"{JinjaValue.TypeName(value)} has no slices"),
        };
        long Bound(long? bound, long otherwise) => bound is not { } given ? otherwise
            : Math.Clamp(given < 0 ? given + count : given, by > 0 ? 0 : -1, by > 0 ? count : count - 1);
        var (from, to) = (Bound(start, by > 0 ? 0 : count - 1), Bound(stop, by > 0 ? count : -1));
        var indices = new List<int>();
        for (var i = from; by > 0 ? i < to : i > to; i += by)
            indices.Add((int)i);
        return value switch
        {
            List<object?> list => indices.ConvertAll(i => list[i]),
            MarkedText text when by == 1 => text.Slice((int)from, Math.Max(0, (int)(to - from))),
            MarkedText text => MarkedText.Concat(indices.Select(i => text.Slice(i, 1))),
            _ => null,
        };
    }

    private static int? Within(long index, int count)
    {
        var at = index < 0 ? index + count : index;
        return at >= 0 && at < count ? (int)at : null;
    }

    private static JinjaCallable? MapMethod(OrderedDictionary<string, object?> map, string name) => name switch
    {
        "items" => _ => map.Select(p => (object?)new List<object?> { JinjaValue.Text(p.Key), p.Value }).ToList(),
        "keys" => _ => map.Keys.Select(k => (object?)JinjaValue.Text(k)).ToList(),
        "values" => _ => map.Values.ToList(),
        "get" => arguments => map.TryGetValue(arguments.Text(0, "key") ?? "", out var entry) ? entry
            : arguments.Get(1, "default") is JinjaUndefined ? null : arguments.Get(1, "default"),
        _ => null,
    };

    private static JinjaCallable? TextMethod(MarkedText text, string name) => name switch
    {
        "strip" => a => text.Trim(true, true, a.Text(0, "chars")),
        "lstrip" => a => text.Trim(true, false, a.Text(0, "chars")),
        "rstrip" => a => text.Trim(false, true, a.Text(0, "chars")),
        "split" => a => text.Split(a.Text(0, "sep"), a.Number(1, "maxsplit", -1) is >= 0 and var most ? most : int.MaxValue).ConvertAll(object? (part) => part),
        "splitlines" => _ => (text.Characters.EndsWith('\n') ? text.Slice(0, text.Length - 1) : text).Split("\n").ConvertAll(object? (part) => part),
        "upper" => _ => text.Map(t => t.ToUpperInvariant()),
        "lower" => _ => text.Map(t => t.ToLowerInvariant()),
        "title" => _ => Title(text),
        "capitalize" => _ => Capitalize(text),
        "startswith" => a => Ends(a, text.Characters.StartsWith),
        "endswith" => a => Ends(a, text.Characters.EndsWith),
        "find" => a => (long)text.Characters.IndexOf(a.Text(0, "sub") ?? "", StringComparison.Ordinal),
        "count" => a => (long)text.Split(a.Text(0, "sub") ?? "\0").Count - 1,
        "replace" => a => text.Replace(a.Text(0, "old") ?? "", JinjaValue.ToText(a.Get(1, "new"))),
        "join" => a => MarkedText.Join(text, JinjaValue.Elements(a.Get(0, "iterable")).Select(JinjaValue.ToText)),
        "isdigit" => _ => text.Length > 0 && text.Characters.All(char.IsDigit),
        _ => null,
    };

    public static MarkedText Title(MarkedText text) => text.Map(t => CultureInfo.InvariantCulture.TextInfo.ToTitleCase(t.ToLowerInvariant()));

    public static MarkedText Capitalize(MarkedText text) => MarkedText.Concat(
        text.Slice(0, 1).Map(t => t.ToUpperInvariant()),
        text.Slice(1, text.Length - 1).Map(t => t.ToLowerInvariant()));

    // Python takes one text or a tuple of them.
    private static bool Ends(JinjaArguments arguments, Func<string, StringComparison, bool> with) => arguments.Get(0, "prefix") is List<object?> several
        ? several.Exists(one => with(JinjaValue.ToText(one).Characters, StringComparison.Ordinal))
        : with(arguments.Text(0, "prefix") ?? "", StringComparison.Ordinal);
}
