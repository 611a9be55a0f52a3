using System.Text.Json.Serialization;

namespace OnnxChat.ModelTools.Generate;

/// <summary>One line of output.</summary>
/// <param name="User">The question.</param>
/// <param name="System">The system text, where the question had one.</param>
/// <param name="PromptTokens">Ids of the prompt.</param>
/// <param name="Tokens">Ids that the model gave, its end token included.</param>
/// <param name="Text">The reply in them: up to the first stop sequence or special token, spaces as the model gave them.</param>
/// <param name="FinishReason"><c>stop</c>: the model ended. <c>length</c>: the limit or the context was reached.</param>
/// <param name="Confidence">How sure the model was of <paramref name="Tokens"/>.</param>
/// <param name="HandedOver">Whether the score is below the folder's threshold; null where the model is not calibrated.</param>
internal sealed record GenerateAnswer(
    string User,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? System,
    IReadOnlyList<int> PromptTokens,
    IReadOnlyList<int> Tokens,
    string Text,
    string FinishReason,
    ConfidenceFigures Confidence,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? HandedOver);
