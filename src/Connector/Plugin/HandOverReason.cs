using System.Text.Json.Serialization;

namespace OnnxChat.Connector.Plugin;

/// <summary>Why a person should answer a customer's question.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<HandOverReason>))]
public enum HandOverReason
{
    /// <summary>The answer's score is below the model folder's threshold: <c>unsure</c>.</summary>
    [JsonStringEnumMemberName("unsure")]
    Unsure,

    /// <summary>The model has no answer in the customer's language: <c>language</c>.</summary>
    [JsonStringEnumMemberName("language")]
    Language,

    /// <summary>The model's answer is empty: <c>no_answer</c>.</summary>
    [JsonStringEnumMemberName("no_answer")]
    NoAnswer,

    /// <summary>The question does not fit the model's context: <c>question_too_long</c>.</summary>
    [JsonStringEnumMemberName("question_too_long")]
    QuestionTooLong,
}
