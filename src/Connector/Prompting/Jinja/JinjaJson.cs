using System.Globalization;
using System.Text;

namespace OnnxChat.Connector.Prompting.Jinja;

/// <summary>Writes values as JSON the way Python's <c>json.dumps</c> does for chat templates: separators with a space, no character escaped that need not be.</summary>
internal sealed class JinjaJson
{
    private readonly int? _indent;
    private readonly string _betweenParts;
    private readonly string _afterKey;

    /// <param name="arguments"><c>indent</c> and <c>separators</c>, as of <c>json.dumps</c>.</param>
    public JinjaJson(JinjaArguments arguments)
    {
        _indent = arguments.Named.GetValueOrDefault("indent") is long width ? (int)Math.Clamp(width, 0, 16) : null;
        (_betweenParts, _afterKey) = arguments.Named.GetValueOrDefault("separators") is List<object?> { Count: 2 } separators
            ? (JinjaValue.ToText(separators[0]).Characters, JinjaValue.ToText(separators[1]).Characters)
            : (_indent is null ? ", " : ",", ": ");
    }

    public MarkedText Write(object? value) => Write(value, 0);

    private MarkedText Write(object? value, int depth) => value switch
    {
        null or JinjaUndefined => MarkedText.Own("null"),
        bool flag => MarkedText.Own(flag ? "true" : "false"),
        long or double => MarkedText.Own(Convert.ToString(value, CultureInfo.InvariantCulture)!),
        MarkedText text => MarkedText.Concat(MarkedText.Own("\""), text.Map(Escape), MarkedText.Own("\"")),
        List<object?> list => Enclose('[', ']', list.Select(v => Write(v, depth + 1)), depth),
        OrderedDictionary<string, object?> map => Enclose('{', '}', map.Select(p => MarkedText.Concat(MarkedText.Own($"\"{Escape(p.Key)}\"{_afterKey}"), Write(p.Value, depth + 1))), depth),
        _ => throw new JinjaException($"{JinjaValue.TypeName(value)} cannot be written as JSON"),
    };

    private MarkedText Enclose(char open, char close, IEnumerable<MarkedText> parts, int depth)
    {
        var all = parts.ToList();
        if (all.Count == 0)
            return MarkedText.Own($"{open}{close}");
        string Line(int level) => _indent is { } width ? "\n" + new string(' ', width * level) : "";
        return MarkedText.Concat(
            MarkedText.Own(open + Line(depth + 1)),
            MarkedText.Join(MarkedText.Own(_betweenParts + Line(depth + 1)), all),
            MarkedText.Own(Line(depth) + close));
    }

    private static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            escaped.Append(c switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                '\b' => "\\b",
                '\f' => "\\f",
                < ' ' => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => c.ToString(),
            });
        }

        return escaped.ToString();
    }
}
