using OnnxChat.Connector.Chat;
using OnnxChat.ModelTools.Evaluate.Models;

namespace OnnxChat.ModelTools.Evaluate;

/// <summary>What to measure.</summary>
internal sealed record EvaluateRequest
{
    /// <summary>One model, or two to compare.</summary>
    public required IReadOnlyList<ModelChoice> Models { get; init; }

    /// <summary>A JSONL file of conversations; <c>-</c> for standard input.</summary>
    public required string Input { get; init; }

    /// <summary>Most conversations to measure; null for all.</summary>
    public int? Limit { get; init; }

    /// <summary>Settings of every reply; with a seed, each reply gets one of its own from it.</summary>
    public required ReplySettings Settings { get; init; }

    /// <summary>Whether the questions that a model folder knows weigh in, as they do in the service.</summary>
    public bool Guided { get; init; } = true;

    /// <summary>See <see cref="Models.AnswerForm"/>; null for the usual one.</summary>
    public string? AnswerForm { get; init; }

    /// <summary>Sentence BLEU from which a reply counts as correct, 0 to 100.</summary>
    public required double CorrectBleu { get; init; }
}
