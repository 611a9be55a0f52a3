using System.Text.Json.Serialization;

namespace OnnxChat.Connector.ModelFolders;

/// <summary>One of the <c>topics</c> of <c>onnxchat.json</c>: something that the model has answers about.</summary>
internal sealed record TopicEntry
{
    /// <summary>The topic's name.</summary>
    [JsonRequired]
    public string Name { get; init; } = "";

    /// <summary>Language of its answers, as a code such as <c>en</c>; null where it is not known.</summary>
    public string? Language { get; init; }

    /// <summary>What it is about, for those who choose whom to ask; null where nobody has said it.</summary>
    public string? Description { get; init; }
}
