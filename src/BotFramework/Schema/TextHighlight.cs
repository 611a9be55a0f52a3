using Newtonsoft.Json;

namespace Microsoft.Bot.Schema;

/// <summary>A part of a message that another message speaks of.</summary>
public class TextHighlight
{
    public TextHighlight()
    {
    }

    public TextHighlight(string text = default, int? occurrence = default)
    {
        Text = text;
        Occurrence = occurrence;
    }

    [JsonProperty("occurrence")]
    public int? Occurrence { get; set; }

    [JsonProperty("text")]
    public string Text { get; set; }
}
