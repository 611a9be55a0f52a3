using System.Text.Json.Serialization;

namespace OnnxChat.ModelTools.Doctor;

/// <summary>How a check ended.</summary>
internal enum CheckStatus
{
    [JsonStringEnumMemberName("ok")]
    Ok,

    /// <summary>It works, but less well than it could.</summary>
    [JsonStringEnumMemberName("warn")]
    Warn,

    /// <summary>It will not work.</summary>
    [JsonStringEnumMemberName("fail")]
    Fail,
}
