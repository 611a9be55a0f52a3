using System.Globalization;
using System.Text;

namespace OnnxChat.Connector.Prompting.Jinja;

/// <summary>The functions that chat templates are given.</summary>
internal static class JinjaFunctions
{
    private const int LongestRange = 100_000;

    public static void AddTo(JinjaScope scope, TimeProvider time)
    {
        scope["raise_exception"] = new JinjaCallable(a => throw new JinjaRaisedException(JinjaValue.ToText(a.Get(0, "message")).Characters));
        scope["namespace"] = new JinjaCallable(Namespace);
        scope["dict"] = new JinjaCallable(Namespace);
        scope["range"] = new JinjaCallable(Range);
        scope["strftime_now"] = new JinjaCallable(a => JinjaValue.Text(Format(a.Text(0, "format") ?? "", time.GetLocalNow())));
    }

    private static object? Namespace(JinjaArguments arguments)
    {
        var map = new OrderedDictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (key, value) in arguments.Get(0, "mapping") as OrderedDictionary<string, object?> ?? [])
            map[key] = value;
        foreach (var (key, value) in arguments.Named)
            map[key] = value;
        return map;
    }

    private static object? Range(JinjaArguments arguments)
    {
        var numbers = arguments.Positional.Select(p => p as long? ?? throw new JinjaException($"range of {JinjaValue.TypeName(p)}")).ToArray();
        var (start, stop, step) = numbers switch
        {
            [var end] => (0, end, 1),
            [var from, var end] => (from, end, 1),
            [var from, var end, var by] when by != 0 => (from, end, by),
            _ => throw new JinjaException("range takes one to three numbers, the third other than 0"),
        };
        var list = new List<object?>();
        for (var i = start; step > 0 ? i < stop : i > stop; i += step)
        {
            if (list.Count == LongestRange)
                throw new JinjaException($"range has more than {LongestRange} numbers");
            list.Add(i);
        }

        return list;
    }

    // The codes of C's strftime that date lines in system prompts use.
    private static string Format(string format, DateTimeOffset now)
    {
        var text = new StringBuilder();
        for (var i = 0; i < format.Length; i++)
        {
            if (format[i] != '%' || i + 1 == format.Length)
            {
                text.Append(format[i]);
                continue;
            }

            var code = format[++i];
            text.Append(code switch
            {
                'Y' => now.ToString("yyyy", CultureInfo.InvariantCulture),
                'y' => now.ToString("yy", CultureInfo.InvariantCulture),
                'm' => now.ToString("MM", CultureInfo.InvariantCulture),
                'd' => now.ToString("dd", CultureInfo.InvariantCulture),
                'B' => now.ToString("MMMM", CultureInfo.InvariantCulture),
                'b' => now.ToString("MMM", CultureInfo.InvariantCulture),
                'A' => now.ToString("dddd", CultureInfo.InvariantCulture),
                'a' => now.ToString("ddd", CultureInfo.InvariantCulture),
                'H' => now.ToString("HH", CultureInfo.InvariantCulture),
                'I' => now.ToString("hh", CultureInfo.InvariantCulture),
                'M' => now.ToString("mm", CultureInfo.InvariantCulture),
                'S' => now.ToString("ss", CultureInfo.InvariantCulture),
                'p' => now.ToString("tt", CultureInfo.InvariantCulture),
                '%' => "%",
                _ => throw new JinjaException($"strftime_now has the code '%{code}', which is not supported"),
            });
        }

        return text.ToString();
    }
}
