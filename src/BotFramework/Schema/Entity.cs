using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Microsoft.Bot.Schema;

/// <summary>A typed object that an activity speaks of; what it holds beside its type is in <see cref="Properties"/>.</summary>
public class Entity
{
    public Entity()
    {
    }

    public Entity(string type = default)
    {
        Type = type;
    }

    [JsonProperty("type")]
    public string Type { get; set; }

    [JsonExtensionData]
    public JObject Properties { get; set; } = [];

    public T GetAs<T>() => JObject.FromObject(this, ActivityJson.Serializer).ToObject<T>(ActivityJson.Serializer);

    public void SetAs<T>(T obj)
    {
        ArgumentNullException.ThrowIfNull(obj);
        var properties = JObject.FromObject(obj, ActivityJson.Serializer);
        Type = (string)properties["type"];
        properties.Remove("type");
        Properties = properties;
    }

    public bool Equals(Entity other) =>
        other is not null && JToken.DeepEquals(JObject.FromObject(this, ActivityJson.Serializer), JObject.FromObject(other, ActivityJson.Serializer));

    public override bool Equals(object obj) => obj is Entity other && other.GetType() == GetType() && Equals(other);

    // The rest is mutable and compared by value: the type alone keeps equal entities together.
    public override int GetHashCode() => Type?.GetHashCode(StringComparison.Ordinal) ?? 0;
}
