using System.Text.Json.Serialization;

namespace OnnxChat.ModelTools.Doctor;

/// <summary>What a check found.</summary>
/// <param name="Check">What was looked at.</param>
/// <param name="Status">How it is.</param>
/// <param name="Found">What is there.</param>
/// <param name="Remedy">What to do about it; null where nothing is to be done.</param>
internal sealed record CheckResult(
    string Check,
    [property: JsonConverter(typeof(JsonStringEnumConverter<CheckStatus>))] CheckStatus Status,
    string Found,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Remedy = null);
