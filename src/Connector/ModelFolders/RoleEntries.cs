using System.Text.Json.Serialization;
using OnnxChat.Connector.Prompting;

namespace OnnxChat.Connector.ModelFolders;

/// <summary>The <c>roles</c> of a template in <c>onnxchat.json</c>.</summary>
internal sealed record RoleEntries
{
    public RoleMarkers? System { get; init; }

    [JsonRequired]
    public RoleMarkers User { get; init; } = new();

    [JsonRequired]
    public RoleMarkers Assistant { get; init; } = new();
}
