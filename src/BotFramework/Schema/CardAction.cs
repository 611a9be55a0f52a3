using Newtonsoft.Json;

namespace Microsoft.Bot.Schema;

/// <summary>A button, or what happens on a tap.</summary>
public class CardAction
{
    public CardAction()
    {
    }

    public CardAction(string type = default, string title = default, string image = default, string text = default, string displayText = default, object value = default, object channelData = default)
    {
        Type = type;
        Title = title;
        Image = image;
        Text = text;
        DisplayText = displayText;
        Value = value;
        ChannelData = channelData;
    }

    /// <summary>An action whose title is what it sends.</summary>
    public static CardAction FromString(string input) => new(title: input, value: input);

    [JsonProperty("channelData")]
    public object ChannelData { get; set; }

    [JsonProperty("displayText")]
    public string DisplayText { get; set; }

    [JsonProperty("image")]
    public string Image { get; set; }

    [JsonProperty("imageAltText")]
    public string ImageAltText { get; set; }

    [JsonProperty("text")]
    public string Text { get; set; }

    [JsonProperty("title")]
    public string Title { get; set; }

    [JsonProperty("type")]
    public string Type { get; set; }

    [JsonProperty("value")]
    public object Value { get; set; }
}
