using System.Collections;
using System.Globalization;

namespace OnnxChat.Connector.Prompting.Jinja;

/// <summary>What Python's operators do with a template's values.</summary>
internal static class JinjaValue
{
    public static MarkedText Text(string text) => MarkedText.Own(text);

    public static bool IsTrue(object? value) => value switch
    {
        null or JinjaUndefined => false,
        bool flag => flag,
        long number => number != 0,
        double number => number != 0,
        MarkedText text => text.Length > 0,
        ICollection collection => collection.Count > 0,
        _ => true,
    };

    public static string TypeName(object? value) => value switch
    {
        null => "none",
        JinjaUndefined undefined => $"undefined ({undefined.Name})",
        bool => "a boolean",
        long or double => "a number",
        MarkedText => "text",
        List<object?> => "a list",
        OrderedDictionary<string, object?> => "a mapping",
        _ => "a function",
    };

    /// <summary>A value as it is written into the prompt.</summary>
    public static MarkedText ToText(object? value) => value switch
    {
        null => Text("None"),
        JinjaUndefined => MarkedText.Empty,
        bool flag => Text(flag ? "True" : "False"),
        long number => Text(number.ToString(CultureInfo.InvariantCulture)),
        double number => Text(number == Math.Floor(number) && Math.Abs(number) < 1e16 ? number.ToString("0.0", CultureInfo.InvariantCulture) : number.ToString("R", CultureInfo.InvariantCulture)),
        MarkedText text => text,
        _ => throw new JinjaException($"{TypeName(value)} cannot be written as text"),
    };

    public static bool AreEqual(object? a, object? b) => (a, b) switch
    {
        (MarkedText x, MarkedText y) => x.Characters == y.Characters,
        (List<object?> x, List<object?> y) => x.Count == y.Count && x.Zip(y).All(p => AreEqual(p.First, p.Second)),
        (OrderedDictionary<string, object?> x, OrderedDictionary<string, object?> y) => x.Count == y.Count && x.All(p => y.TryGetValue(p.Key, out var other) && AreEqual(p.Value, other)),
        (null, null) or (JinjaUndefined, JinjaUndefined) => true,
        _ => TryNumber(a, out var m) && TryNumber(b, out var n) ? m == n : a is not null && a.Equals(b),
    };

    public static int Compare(object? a, object? b) => (a, b) switch
    {
        (MarkedText x, MarkedText y) => string.CompareOrdinal(x.Characters, y.Characters),
        _ => TryNumber(a, out var m) && TryNumber(b, out var n) ? m.CompareTo(n) : throw new JinjaException($"{TypeName(a)} and {TypeName(b)} have no order"),
    };

    public static bool Contains(object? container, object? item) => container switch
    {
        MarkedText text => text.Characters.Contains(ToText(item).Characters, StringComparison.Ordinal),
        List<object?> list => list.Exists(v => AreEqual(v, item)),
        OrderedDictionary<string, object?> map => map.ContainsKey(ToText(item).Characters),
        JinjaUndefined => false,
        _ => throw new JinjaException($"'in' looks into {TypeName(container)}"),
    };

    /// <summary>The elements that a loop goes through.</summary>
    public static List<object?> Elements(object? value) => value switch
    {
        List<object?> list => list,
        OrderedDictionary<string, object?> map => [.. map.Keys.Select(Text)],
        MarkedText text => [.. Enumerable.Range(0, text.Length).Select(i => text.Slice(i, 1))],
        JinjaUndefined => [],
        _ => throw new JinjaException($"a loop goes through {TypeName(value)}"),
    };

    public static object? Add(object? a, object? b) => (a, b) switch
    {
        (MarkedText x, MarkedText y) => MarkedText.Concat(x, y),
        (List<object?> x, List<object?> y) => new List<object?>([.. x, .. y]),
        _ => Arithmetic("+", a, b),
    };

    public static object? Multiply(object? a, object? b) => (a, b) switch
    {
        (MarkedText text, long times) => Repeat(text, times),
        (long times, MarkedText text) => Repeat(text, times),
        _ => Arithmetic("*", a, b),
    };

    /// <summary>Python's arithmetic: division gives a fraction, and the remainder has the divisor's sign.</summary>
    public static object? Arithmetic(string symbol, object? a, object? b)
    {
        if (a is long x && b is long y && symbol != "/")
        {
            return symbol switch
            {
                "+" => x + y,
                "-" => x - y,
                "*" => x * y,
                "//" when y != 0 => (long)Math.Floor((double)x / y),
                "%" when y != 0 => ((x % y) + y) % y,
                "**" => (long)Math.Pow(x, y),
                _ => throw new JinjaException($"{x} {symbol} {y} has no value"),
            };
        }

        if (!TryNumber(a, out var m) || !TryNumber(b, out var n))
            throw new JinjaException($"'{symbol}' is between {TypeName(a)} and {TypeName(b)}");
        return symbol switch
        {
            "+" => m + n,
            "-" => m - n,
            "*" => m * n,
            "/" => m / n,
            "//" => Math.Floor(m / n),
            "**" => Math.Pow(m, n),
            _ => m - (n * Math.Floor(m / n)),
        };
    }

    private static MarkedText Repeat(MarkedText text, long times)
    {
        if (times * text.Length > 1_000_000)
            throw new JinjaException($"text is repeated {times} times");
        return MarkedText.Concat(Enumerable.Repeat(text, (int)Math.Max(0, times)));
    }

    private static bool TryNumber(object? value, out double number)
    {
        number = value switch { bool flag => flag ? 1 : 0, long whole => whole, double fraction => fraction, _ => double.NaN };
        return value is bool or long or double;
    }
}
