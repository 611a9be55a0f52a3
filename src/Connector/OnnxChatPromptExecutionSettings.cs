using System.Text.Json.Serialization;
using Microsoft.SemanticKernel;
using OnnxChat.Connector.Chat;

namespace OnnxChat.Connector;

/// <summary>Settings of one reply for Semantic Kernel; a value left null is the model folder's.</summary>
public sealed class OnnxChatPromptExecutionSettings : PromptExecutionSettings
{
    /// <summary>Most tokens to generate, the end token included.</summary>
    /// <value>1 or more; never more than the context leaves room for.</value>
    [JsonPropertyName("max_tokens")]
    public int? MaxTokens { get; set => Set(ref field, value); }

    /// <summary>Divides the logits before sampling.</summary>
    /// <value>0 (the most likely token at every step) to 100; 1 leaves them as they are.</value>
    [JsonPropertyName("temperature")]
    public double? Temperature { get; set => Set(ref field, value); }

    /// <summary>Keeps this many of the most likely tokens.</summary>
    /// <value>1 or more; 0 keeps all.</value>
    [JsonPropertyName("top_k")]
    public int? TopK { get; set => Set(ref field, value); }

    /// <summary>Keeps the most likely tokens whose probabilities add up to this.</summary>
    /// <value>Above 0, at most 1; 1 keeps all.</value>
    [JsonPropertyName("top_p")]
    public double? TopP { get; set => Set(ref field, value); }

    /// <summary>Makes tokens of prompt and reply less likely to come again.</summary>
    /// <value>Above 0, at most 100; 1 changes nothing.</value>
    [JsonPropertyName("repetition_penalty")]
    public double? RepetitionPenalty { get; set => Set(ref field, value); }

    /// <summary>Makes the choice of tokens repeatable.</summary>
    /// <value>Any number; null for another choice every time.</value>
    [JsonPropertyName("seed")]
    public long? Seed { get; set => Set(ref field, value); }

    /// <summary>Text that ends the reply and is no part of it, beside the template's own.</summary>
    /// <value>Each at least one character; null for none.</value>
    [JsonPropertyName("stop")]
    public IList<string>? StopSequences { get; set => Set(ref field, value); }

    /// <summary>The system text of a chat that has no system message.</summary>
    /// <value>Null for the template's own.</value>
    [JsonPropertyName("system_prompt")]
    public string? SystemPrompt { get; set => Set(ref field, value); }

    /// <summary>What happens to a question that is too long for the model's context.</summary>
    /// <value>Null for <see cref="OnnxChatOptions.PromptOverflow"/>.</value>
    [JsonPropertyName("prompt_overflow")]
    [JsonConverter(typeof(JsonStringEnumConverter<OnnxChatPromptOverflow>))]
    public OnnxChatPromptOverflow? PromptOverflow { get; set => Set(ref field, value); }

    /// <summary>Reads settings of any kind: this class, the base class with values by name, or another connector's.</summary>
    /// <param name="executionSettings">Null for the defaults.</param>
    /// <returns>The same object where it is of this class.</returns>
    /// <exception cref="ArgumentException">A value has the wrong type; the message names it.</exception>
    /// <exception cref="NotSupportedException">A setting that the model cannot honour and that must not be dropped silently.</exception>
    public static OnnxChatPromptExecutionSettings FromExecutionSettings(PromptExecutionSettings? executionSettings) =>
        FromExecutionSettings(executionSettings, out _);

    /// <inheritdoc/>
    public override PromptExecutionSettings Clone() => new OnnxChatPromptExecutionSettings
    {
        ModelId = ModelId,
        ServiceId = ServiceId,
        FunctionChoiceBehavior = FunctionChoiceBehavior,
        ExtensionData = ExtensionData is null ? null : new Dictionary<string, object>(ExtensionData),
        MaxTokens = MaxTokens,
        Temperature = Temperature,
        TopK = TopK,
        TopP = TopP,
        RepetitionPenalty = RepetitionPenalty,
        Seed = Seed,
        StopSequences = StopSequences is null ? null : [.. StopSequences],
        SystemPrompt = SystemPrompt,
        PromptOverflow = PromptOverflow,
    };

    /// <inheritdoc/>
    public override void Freeze()
    {
        if (IsFrozen)
            return;
        if (StopSequences is { } stops)
            StopSequences = stops.ToArray().AsReadOnly();
        base.Freeze();
    }

    internal static OnnxChatPromptExecutionSettings FromExecutionSettings(PromptExecutionSettings? settings, out IReadOnlyList<IgnoredSetting> ignored)
    {
        var own = ExecutionSettingsReader.Read(settings, out var unknown);
        if (own.FunctionChoiceBehavior is RequiredFunctionChoiceBehavior)
            throw new NotSupportedException("FunctionChoiceBehavior.Required asks for a function call; the model cannot call functions.");
        List<IgnoredSetting> leftOut = [.. unknown.Select(IgnoredSetting.Unknown)];
        if (own.FunctionChoiceBehavior is AutoFunctionChoiceBehavior)
            leftOut.Add(IgnoredSetting.Functions("FunctionChoiceBehavior.Auto"));
        ignored = leftOut;
        return own;
    }

    internal ReplySettings ToReplySettings() => new()
    {
        MaxTokens = MaxTokens,
        Temperature = Temperature,
        TopK = TopK,
        TopP = TopP,
        RepetitionPenalty = RepetitionPenalty,
        Seed = Seed,
        StopSequences = [.. StopSequences ?? []],
        PromptOverflow = PromptOverflow,
    };

    private void Set<T>(ref T field, T value)
    {
        ThrowIfFrozen();
        field = value;
    }
}
