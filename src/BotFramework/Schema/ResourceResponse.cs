using Newtonsoft.Json;

namespace Microsoft.Bot.Schema;

/// <summary>The id that a channel gave to an activity.</summary>
public class ResourceResponse
{
    public ResourceResponse()
    {
    }

    public ResourceResponse(string id = default)
    {
        Id = id;
    }

    [JsonProperty("id")]
    public string Id { get; set; }
}
