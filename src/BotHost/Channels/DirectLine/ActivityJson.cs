using System.Text;
using Microsoft.Bot.Schema;
using Newtonsoft.Json;

namespace OnnxChat.BotHost.Channels.DirectLine;

/// <summary>Activities as the Bot Framework writes them.</summary>
internal static class ActivityJson
{
    private static readonly JsonSerializerSettings Settings = new()
    {
        NullValueHandling = NullValueHandling.Ignore,
        DateFormatHandling = DateFormatHandling.IsoDateFormat,
        DateTimeZoneHandling = DateTimeZoneHandling.Utc,
        DateParseHandling = DateParseHandling.None,
        MaxDepth = 32,
    };

    public static byte[] Write(Activity activity) =>
        Encoding.UTF8.GetBytes(JsonConvert.SerializeObject(activity, Settings));

    /// <exception cref="JsonException">It is not the JSON of an activity, or nested more than 32 deep.</exception>
    public static Activity? Read(ReadOnlySpan<byte> json) =>
        JsonConvert.DeserializeObject<Activity>(Encoding.UTF8.GetString(json), Settings);
}
