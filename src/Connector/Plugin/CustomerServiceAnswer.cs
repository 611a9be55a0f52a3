using System.ComponentModel;
using System.Text.Json.Serialization;

namespace OnnxChat.Connector.Plugin;

/// <summary>What <c>answer_customer_question</c> returns.</summary>
public sealed class CustomerServiceAnswer
{
    /// <summary>The answer, in the language of the question.</summary>
    /// <value>Null where <see cref="HandOver"/> is set, unless <see cref="CustomerServiceOptions.IncludeUnsureAnswers"/> is.</value>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    [Description("The company's answer, in the language of the question. Give it to the customer as it is. Null when hand_over is true, unless the company lets drafts through: those are for its people only.")]
    public string? Text { get; init; }

    /// <summary>Probability that the answer is right, calibrated on questions with known answers.</summary>
    /// <value>0 to 1; null where there is no answer, or where the model folder has no calibration.</value>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    [Description("Probability that the answer is right, 0 to 1; null when it is not known.")]
    public double? Confidence { get; init; }

    /// <summary>Whether a person should answer instead.</summary>
    [JsonPropertyName("hand_over")]
    [Description("True when a person has to answer: tell the customer so, and do not answer yourself.")]
    public bool HandOver { get; init; }

    /// <summary>Why a person should answer.</summary>
    /// <value>Null where <see cref="HandOver"/> is not set.</value>
    [JsonPropertyName("hand_over_reason")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [Description("Why a person has to answer. unsure: the answer is too likely wrong. language: there is no answer in the customer's language. no_answer: there is none. question_too_long: ask the customer to put it in fewer words.")]
    public HandOverReason? Reason { get; init; }
}
