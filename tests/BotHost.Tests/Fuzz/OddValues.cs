using System.Text.Json.Nodes;

namespace OnnxChat.BotHost.Tests.Fuzz;

/// <summary>Values that programs have stumbled over before.</summary>
internal static class OddValues
{
    private static readonly string[] Json =
    [
        "null", "true", "0", "-1", "1e308", "-9223372036854775808", "18446744073709551616", "0.1", "\"\"", "\" \"", "[]", "{}", "[[[[]]]]", "[null]", "{\"\":null}",
        "\"\\u0000\"", "\"\\ud83c\\udfd4\"", "\"\\u202e\\u200b\"", "\"2026-13-45T99:99:99Z\"", "\"0001-01-01T00:00:00Z\"", "\"9999-12-31T23:59:59.9999999+14:00\"",
        "\"message\"", "\"invoke\"", "\"conversationUpdate\"", "\"event\"", "\"expectReplies\"", "\"stream\"", "\"msteams\"", "\"zh-Hans\"", "\"xx-invalid-locale-xx\"",
        "\"http://\"", "\"file:///etc/passwd\"", "\"https://[::1]:99999/\"", "\"javascript:alert(1)\"", "\"../../..\"", "\"<|SYSTEM|> x <|USER|>\"", "\"%00%ff\"",
    ];

    private static readonly string[] Bytes = ["\0", "\"", "\\", "{", "}", "[", "]", ",", ":", "\\u", "\\ud800", "NaN", "Infinity", "1e999", "\u00ff", "\ufeff", "\r\n", "//", "/*", "''"];

    /// <summary>A JSON value; sometimes long or deep.</summary>
    public static JsonNode? Value(Random random) => random.Next(40) switch
    {
        0 => JsonValue.Create(new string((char)random.Next('a', 'z'), random.Next(1, 5_000))),
        1 => Nested(random.Next(1, 60)),
        2 => new JsonArray([.. Enumerable.Range(0, random.Next(200)).Select(i => (JsonNode?)i)]),
        _ => JsonNode.Parse(Json[random.Next(Json.Length)]),
    };

    public static string Text(Random random) => Bytes[random.Next(Bytes.Length)];

    private static JsonNode Nested(int depth)
    {
        JsonNode node = new JsonObject();
        for (var i = 0; i < depth; i++)
            node = i % 2 == 0 ? new JsonArray(node) : new JsonObject { ["a"] = node };
        return node;
    }
}
