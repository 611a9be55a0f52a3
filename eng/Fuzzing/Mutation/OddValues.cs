using System.Text.Json.Nodes;

namespace OnnxChat.Fuzzing.Mutation;

/// <summary>Values that programs have stumbled over before.</summary>
internal static class OddValues
{
    private static readonly string[] Json =
    [
        "null", "true", "0", "-1", "1e308", "-9223372036854775808", "18446744073709551616", "2147483647", "-2147483648", "0.1", "1e-400", "\"\"", "\" \"", "[]", "{}", "[[[[]]]]", "[null]", "{\"\":null}",
        "\"\\u0000\"", "\"\\ud83c\\udfd4\"", "\"\\ud83c\"", "\"\\u202e\\u200b\"", "\"2026-13-45T99:99:99Z\"", "\"0001-01-01T00:00:00Z\"", "\"9999-12-31T23:59:59.9999999+14:00\"",
        "\"message\"", "\"invoke\"", "\"conversationUpdate\"", "\"event\"", "\"expectReplies\"", "\"stream\"", "\"msteams\"", "\"zh-Hans\"", "\"xx-invalid-locale-xx\"",
        "\"http://\"", "\"file:///etc/passwd\"", "\"https://[::1]:99999/\"", "\"javascript:alert(1)\"", "\"../../..\"", "\"<|SYSTEM|> x <|USER|>\"", "\"%00%ff\"",
    ];

    /// <summary>Texts that end or begin something in most grammars.</summary>
    public static IReadOnlyList<string> Texts { get; } =
        ["\0", "\"", "\\", "{", "}", "[", "]", ",", ":", "\\u", "\\ud800", "NaN", "Infinity", "1e999", "\u00ff", "\ufeff", "\r\n", "//", "/*", "''", "/", "%", "?", "#", "9223372036854775807", "-9223372036854775808"];

    /// <summary>A JSON value; sometimes long or deep.</summary>
    public static JsonNode? Value(Random random) => random.Next(40) switch
    {
        0 => JsonValue.Create(new string((char)random.Next('a', 'z'), random.Next(1, 5_000))),
        1 => Nested(random.Next(1, 60)),
        2 => new JsonArray([.. Enumerable.Range(0, random.Next(200)).Select(i => (JsonNode?)i)]),
        3 => JsonValue.Create(random.NextInt64(long.MinValue, long.MaxValue)),
        4 => JsonValue.Create(random.Next(300)),
        _ => JsonNode.Parse(Json[random.Next(Json.Length)]),
    };

    public static string Word(Random random, IReadOnlyList<string> words)
    {
        var at = random.Next(words.Count + Texts.Count);
        return at < words.Count ? words[at] : Texts[at - words.Count];
    }

    /// <summary>A text with something wrong in one place.</summary>
    public static string Spoil(Random random, string text, IReadOnlyList<string> words)
    {
        var at = random.Next(text.Length + 1);
        var end = at + random.Next(Math.Min(16, text.Length - at) + 1);
        return random.Next(16) switch
        {
            0 => text[..at],
            1 => text[..at] + new string('x', random.Next(3_000)) + text[at..],
            2 => text + text,
            3 => text.ToUpperInvariant(),
            < 7 => text[..at] + text[end..],
            < 10 => text[..end] + text[at..],
            < 13 => text[..at] + Word(random, words) + text[end..],
            _ => text[..at] + Word(random, words) + text[at..],
        };
    }

    private static JsonNode Nested(int depth)
    {
        JsonNode node = new JsonObject();
        for (var i = 0; i < depth; i++)
            node = i % 2 == 0 ? new JsonArray(node) : new JsonObject { ["a"] = node };
        return node;
    }
}
