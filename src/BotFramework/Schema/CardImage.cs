using Newtonsoft.Json;

namespace Microsoft.Bot.Schema;

/// <summary>A picture on a card.</summary>
public class CardImage
{
    public CardImage()
    {
    }

    public CardImage(string url = default, string alt = default, CardAction tap = default)
    {
        Url = url;
        Alt = alt;
        Tap = tap;
    }

    [JsonProperty("alt")]
    public string Alt { get; set; }

    [JsonProperty("tap")]
    public CardAction Tap { get; set; }

    [JsonProperty("url")]
    public string Url { get; set; }
}
