using Microsoft.Bot.Schema;
using Newtonsoft.Json.Linq;

namespace OnnxChat.BotHost.Channels.DirectLine;

/// <summary>The first chunk of a streamed reply names its stream by its own id, which only the channel knows.</summary>
internal static class StreamingChannelData
{
    public static void Complete(Activity activity)
    {
        if (activity.ChannelData is null)
            return;

        var data = activity.ChannelData as JObject ?? (JToken.FromObject(activity.ChannelData) as JObject);
        if (data?["streamType"] is null || data["streamId"] is not null)
            return;

        data["streamId"] = activity.Id;
        activity.ChannelData = data;
    }
}
