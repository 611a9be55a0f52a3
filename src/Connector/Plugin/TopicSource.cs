using System.Text.Json.Serialization;

namespace OnnxChat.Connector.Plugin;

/// <summary>Where a list of topics comes from.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TopicSource>))]
public enum TopicSource
{
    /// <summary>Nothing is known of what the model was trained on: <c>unknown</c>.</summary>
    [JsonStringEnumMemberName("unknown")]
    Unknown,

    /// <summary>The <c>topics</c> of the model folder's <c>onnxchat.json</c>: <c>model_folder</c>.</summary>
    [JsonStringEnumMemberName("model_folder")]
    ModelFolder,

    /// <summary>How the answers begin that customers were given, by the folder's index of known questions: <c>known_answers</c>.</summary>
    [JsonStringEnumMemberName("known_answers")]
    KnownAnswers,
}
