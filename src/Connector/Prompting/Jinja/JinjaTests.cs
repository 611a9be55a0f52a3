namespace OnnxChat.Connector.Prompting.Jinja;

/// <summary>The tests that <c>is</c> knows.</summary>
internal static class JinjaTests
{
    private static readonly Dictionary<string, Func<object?, JinjaArguments, bool>> Tests = new(StringComparer.Ordinal)
    {
        ["defined"] = (v, _) => v is not JinjaUndefined,
        ["undefined"] = (v, _) => v is JinjaUndefined,
        ["none"] = (v, _) => v is null,
        ["string"] = (v, _) => v is MarkedText,
        ["number"] = (v, _) => v is long or double,
        ["integer"] = (v, _) => v is long,
        ["float"] = (v, _) => v is double,
        ["boolean"] = (v, _) => v is bool,
        ["true"] = (v, _) => v is true,
        ["false"] = (v, _) => v is false,
        ["mapping"] = (v, _) => v is OrderedDictionary<string, object?>,
        ["iterable"] = (v, _) => v is MarkedText or List<object?> or OrderedDictionary<string, object?>,
        ["sequence"] = (v, _) => v is MarkedText or List<object?> or OrderedDictionary<string, object?>,
        ["callable"] = (v, _) => v is JinjaCallable,
        ["odd"] = (v, _) => v is long n && n % 2 != 0,
        ["even"] = (v, _) => v is long n && n % 2 == 0,
        ["divisibleby"] = (v, a) => v is long n && a.Get(0, "num") is long by and not 0 && n % by == 0,
        ["equalto"] = (v, a) => JinjaValue.AreEqual(v, a.Get(0, "other")),
        ["eq"] = (v, a) => JinjaValue.AreEqual(v, a.Get(0, "other")),
        ["sameas"] = (v, a) => JinjaValue.AreEqual(v, a.Get(0, "other")),
        ["ne"] = (v, a) => !JinjaValue.AreEqual(v, a.Get(0, "other")),
        ["gt"] = (v, a) => JinjaValue.Compare(v, a.Get(0, "other")) > 0,
        ["ge"] = (v, a) => JinjaValue.Compare(v, a.Get(0, "other")) >= 0,
        ["lt"] = (v, a) => JinjaValue.Compare(v, a.Get(0, "other")) < 0,
        ["le"] = (v, a) => JinjaValue.Compare(v, a.Get(0, "other")) <= 0,
        ["in"] = (v, a) => JinjaValue.Contains(a.Get(0, "seq"), v),
        ["lower"] = (v, _) => v is MarkedText t && !t.Characters.Any(char.IsUpper),
        ["upper"] = (v, _) => v is MarkedText t && !t.Characters.Any(char.IsLower),
    };

    /// <exception cref="JinjaException">There is none of that name.</exception>
    public static Func<object?, JinjaArguments, bool> Find(string name, int line) =>
        Tests.TryGetValue(name, out var test) ? test : throw JinjaException.Unsupported($"the test '{name}'", line);
}
