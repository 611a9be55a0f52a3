using System.Text.Json.Serialization;

namespace OnnxChat.BotHost.Review;

/// <summary>Why a question is worth a look.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ReviewKind>))]
internal enum ReviewKind
{
    /// <summary>The customer found the reply good.</summary>
    [JsonStringEnumMemberName("rated_good")]
    RatedGood,

    /// <summary>The customer found the reply bad.</summary>
    [JsonStringEnumMemberName("rated_bad")]
    RatedBad,

    /// <summary>The bot had no reply of its own.</summary>
    [JsonStringEnumMemberName("unanswered")]
    Unanswered,

    /// <summary>A person replied.</summary>
    [JsonStringEnumMemberName("person")]
    Person,
}
