using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.AI;
using OnnxChat.Connector;

namespace OnnxChat.BotHost.OpenAI;

/// <summary>A reply, or a piece of one, as OpenAI's clients read it.</summary>
internal sealed record CompletionJson(
    [property: JsonPropertyName("id")] string Id,
    [property: JsonPropertyName("object")] string Object,
    [property: JsonPropertyName("created")] long Created,
    [property: JsonPropertyName("model")] string Model,
    [property: JsonPropertyName("choices")] IReadOnlyList<CompletionJson.Choice> Choices)
{
    public static readonly JsonSerializerOptions Serializer = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    [JsonPropertyName("usage")]
    public Usage? TokenUsage { get; init; }

    /// <summary>What is this host's own; clients pass over it.</summary>
    [JsonPropertyName("onnxchat")]
    public Judgement? Confidence { get; init; }

    public static string Finish(ChatFinishReason? reason) => reason == ChatFinishReason.Length ? "length" : "stop";

    internal sealed record Choice(
        [property: JsonPropertyName("index")] int Index,
        [property: JsonPropertyName("message")] Message? Whole,
        [property: JsonPropertyName("delta")] Message? Delta,
        // Pieces before the last have it too, as null.
        [property: JsonPropertyName("finish_reason"), JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? FinishReason);

    internal sealed record Message([property: JsonPropertyName("role")] string? Role, [property: JsonPropertyName("content")] string? Content);

    internal sealed record Usage(
        [property: JsonPropertyName("prompt_tokens")] long Prompt,
        [property: JsonPropertyName("completion_tokens")] long Completion,
        [property: JsonPropertyName("total_tokens")] long Total)
    {
        public static Usage? Of(UsageDetails? details) => details is null
            ? null
            : new Usage(details.InputTokenCount ?? 0, details.OutputTokenCount ?? 0, details.TotalTokenCount ?? ((details.InputTokenCount ?? 0) + (details.OutputTokenCount ?? 0)));
    }

    internal sealed record Judgement(
        [property: JsonPropertyName("score")] double? Score,
        [property: JsonPropertyName("threshold")] double? Threshold,
        [property: JsonPropertyName("hand_over")] bool HandOver)
    {
        /// <returns>Null where the model folder is not calibrated.</returns>
        public static Judgement? Of(AdditionalPropertiesDictionary? metadata) =>
            metadata?.TryGetValue(OnnxChatConfidence.MetadataKey, out var value) == true && value is OnnxChatConfidence { Score: not null } confidence
                ? new Judgement(confidence.Score, confidence.Threshold, confidence.BelowThreshold)
                : null;
    }
}
