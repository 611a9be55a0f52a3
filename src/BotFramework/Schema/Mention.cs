using Newtonsoft.Json;

namespace Microsoft.Bot.Schema;

/// <summary>An entity that says whom a part of the text mentions.</summary>
public class Mention : Entity
{
    public Mention()
        : base("mention")
    {
    }

    public Mention(ChannelAccount mentioned = default, string text = default, string type = default)
        : base(type ?? "mention")
    {
        Mentioned = mentioned;
        Text = text;
    }

    [JsonProperty("mentioned")]
    public ChannelAccount Mentioned { get; set; }

    [JsonProperty("text")]
    public string Text { get; set; }
}
