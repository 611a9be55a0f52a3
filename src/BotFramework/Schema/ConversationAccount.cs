using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Microsoft.Bot.Schema;

/// <summary>A conversation on a channel.</summary>
public class ConversationAccount
{
    public ConversationAccount()
    {
    }

    public ConversationAccount(bool? isGroup = default, string conversationType = default, string id = default, string name = default, string aadObjectId = default, string role = default, string tenantId = default)
    {
        IsGroup = isGroup;
        ConversationType = conversationType;
        Id = id;
        Name = name;
        AadObjectId = aadObjectId;
        Role = role;
        TenantId = tenantId;
    }

    [JsonProperty("aadObjectId")]
    public string AadObjectId { get; set; }

    [JsonProperty("conversationType")]
    public string ConversationType { get; set; }

    [JsonProperty("id")]
    public string Id { get; set; }

    [JsonProperty("isGroup")]
    public bool? IsGroup { get; set; }

    [JsonProperty("name")]
    public string Name { get; set; }

    [JsonProperty("role")]
    public string Role { get; set; }

    [JsonProperty("tenantId")]
    public string TenantId { get; set; }

    /// <summary>What the channel sent beside the known properties.</summary>
    [JsonExtensionData]
    public JObject Properties { get; set; } = [];
}
