using System.Globalization;
using System.Text;

namespace OnnxChat.Connector.Prompting.Jinja;

/// <summary>Writes values as JSON the way Python's <c>json.dumps</c> does for chat templates: separators with a space, no character escaped that need not be.</summary>
internal static class JinjaJson
{
    public static MarkedText Write(object? value, int? indent) => Write(value, indent, 0);

    private static MarkedText Write(object? value, int? indent, int depth) => value switch
    {
        null or JinjaUndefined => MarkedText.Own("null"),
        bool flag => MarkedText.Own(flag ? "true" : "false"),
        long or double => MarkedText.Own(Convert.ToString(value, CultureInfo.InvariantCulture)!),
        MarkedText text => MarkedText.Concat(MarkedText.Own("\""), text.Map(Escape), MarkedText.Own("\"")),
        List<object?> list => Enclose('[', ']', list.Select(v => Write(v, indent, depth + 1)), indent, depth),
        OrderedDictionary<string, object?> map => Enclose('{', '}', map.Select(p => MarkedText.Concat(MarkedText.Own($"\"{Escape(p.Key)}\": "), Write(p.Value, indent, depth + 1))), indent, depth),
        _ => throw new JinjaException($"{JinjaValue.TypeName(value)} cannot be written as JSON"),
    };

    private static MarkedText Enclose(char open, char close, IEnumerable<MarkedText> parts, int? indent, int depth)
    {
        var all = parts.ToList();
        if (all.Count == 0)
            return MarkedText.Own($"{open}{close}");
        string Line(int level) => indent is { } width ? "\n" + new string(' ', width * level) : "";
        return MarkedText.Concat(
            MarkedText.Own(open + Line(depth + 1)),
            MarkedText.Join(MarkedText.Own(indent is null ? ", " : "," + Line(depth + 1)), all),
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
