using Newtonsoft.Json;

namespace Microsoft.Bot.Schema;

/// <summary>A reference to something that a program can do.</summary>
public class SemanticAction
{
    public SemanticAction()
    {
    }

    public SemanticAction(string id = default, IDictionary<string, Entity> entities = default)
    {
        Id = id;
        Entities = entities;
    }

    [JsonProperty("entities")]
    public IDictionary<string, Entity> Entities { get; set; }

    [JsonProperty("id")]
    public string Id { get; set; }

    [JsonProperty("state")]
    public string State { get; set; }
}
