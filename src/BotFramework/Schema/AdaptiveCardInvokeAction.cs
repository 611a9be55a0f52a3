using Newtonsoft.Json;

namespace Microsoft.Bot.Schema;

/// <summary>The <c>Action.Execute</c> of an Adaptive Card.</summary>
public class AdaptiveCardInvokeAction
{
    [JsonProperty("data")]
    public object Data { get; set; }

    [JsonProperty("id")]
    public string Id { get; set; }

    [JsonProperty("type")]
    public string Type { get; set; }

    [JsonProperty("verb")]
    public string Verb { get; set; }
}
