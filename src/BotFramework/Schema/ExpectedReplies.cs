using Newtonsoft.Json;

namespace Microsoft.Bot.Schema;

/// <summary>The replies to an activity of delivery mode <c>expectReplies</c>.</summary>
public class ExpectedReplies
{
    public ExpectedReplies()
    {
    }

    public ExpectedReplies(IList<Activity> activities = default)
    {
        Activities = activities;
    }

    [JsonProperty("activities")]
    public IList<Activity> Activities { get; set; }
}
