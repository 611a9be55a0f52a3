using Newtonsoft.Json;

namespace Microsoft.Bot.Schema.Teams;

/// <summary>Whom a message is sent for.</summary>
public class OnBehalfOf
{
    [JsonProperty("itemid")]
    public int ItemId { get; set; }

    [JsonProperty("mentionType")]
    public string MentionType { get; set; } = "person";

    [JsonProperty("mri")]
    public string Mri { get; set; }

    [JsonProperty("displayName")]
    public string DisplayName { get; set; }
}
