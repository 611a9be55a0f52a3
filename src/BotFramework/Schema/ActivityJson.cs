using System.Text;
using Newtonsoft.Json;
using Newtonsoft.Json.Serialization;

namespace Microsoft.Bot.Schema;

/// <summary>How activities are written as JSON.</summary>
internal static class ActivityJson
{
    /// <summary>No activity of a channel comes near this depth; a deeper one is refused.</summary>
    internal const int MaxDepth = 64;

    internal static JsonSerializerSettings Settings { get; } = new()
    {
        NullValueHandling = NullValueHandling.Ignore,
        // A string that looks like a date stays the string that the channel sent.
        DateParseHandling = DateParseHandling.None,
        DateFormatHandling = DateFormatHandling.IsoDateFormat,
        ReferenceLoopHandling = ReferenceLoopHandling.Error,
        TypeNameHandling = TypeNameHandling.None,
        CheckAdditionalContent = true,
        MaxDepth = MaxDepth,
        // One resolver for the process: it is what caches the contracts.
        ContractResolver = new DefaultContractResolver(),
    };

    internal static JsonSerializer Serializer { get; } = JsonSerializer.Create(Settings);

    internal static byte[] ToUtf8(object value)
    {
        using var stream = new MemoryStream();
        using (var writer = new StreamWriter(stream))
            Serializer.Serialize(writer, value);

        return stream.ToArray();
    }

    /// <summary>Reads what <see cref="ToUtf8"/> writes.</summary>
    /// <exception cref="JsonException">It is not JSON, deeper than <see cref="MaxDepth"/>, or of another shape.</exception>
    internal static T FromUtf8<T>(ReadOnlyMemory<byte> json)
    {
        // A byte order mark is not part of the text.
        if (json.Span.StartsWith(Encoding.UTF8.Preamble))
            json = json[Encoding.UTF8.Preamble.Length..];

        RequireJson(json.Span);
        using var reader = new JsonTextReader(new StringReader(Encoding.UTF8.GetString(json.Span)));
        try
        {
            return Serializer.Deserialize<T>(reader);
        }
        catch (Exception exception) when (exception is FormatException or OverflowException or ArgumentException or InvalidCastException)
        {
            throw new JsonSerializationException(exception.Message, exception);
        }
    }

    // Newtonsoft reads much that is not JSON: comments, single quotes, NaN.
    private static void RequireJson(ReadOnlySpan<byte> json)
    {
        var reader = new System.Text.Json.Utf8JsonReader(json, new System.Text.Json.JsonReaderOptions { MaxDepth = MaxDepth });
        try
        {
            while (reader.Read())
            {
            }
        }
        catch (System.Text.Json.JsonException exception)
        {
            throw new JsonReaderException(exception.Message, exception);
        }
    }
}
