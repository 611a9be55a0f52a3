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
}
