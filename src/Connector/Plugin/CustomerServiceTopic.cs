using System.ComponentModel;
using System.Text.Json.Serialization;

namespace OnnxChat.Connector.Plugin;

/// <summary>Something that the model has answers about.</summary>
public sealed class CustomerServiceTopic
{
    /// <summary>The topic's name, or the first words of its usual answer.</summary>
    [Description("The topic's name; with the source known_answers, how the usual answer begins.")]
    public required string Name { get; init; }

    /// <summary>Language of its answers.</summary>
    /// <value>A language code such as <c>en</c>; null where it is not known.</value>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [Description("Language of its answers, as a code such as en.")]
    public string? Language { get; init; }

    /// <summary>What the topic is about.</summary>
    /// <value>Null where nobody has said it.</value>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [Description("What the topic is about.")]
    public string? Description { get; init; }
}
