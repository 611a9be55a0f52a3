using System.Text.Json;
using System.Text.Json.Nodes;
using OnnxChat.Evaluation;
using OnnxChat.ModelTools.Evaluate.Results;

namespace OnnxChat.ModelTools.Evaluate.Text;

/// <summary>Writes what was found as one JSON object, for programs.</summary>
internal static class EvaluationJson
{
    public static async Task WriteAsync(EvaluationResult result, TextWriter output) =>
        await output.WriteLineAsync(Create(result).ToJsonString(JsonText.Options)).ConfigureAwait(false);

    private static JsonObject Create(EvaluationResult result) => new()
    {
        ["conversations"] = result.Models[0].Conversations.Count,
        ["bad_lines"] = List(result.BadLines, b => new JsonObject { ["line"] = b.Line, ["reason"] = b.Reason }),
        ["correct_bleu"] = result.Request.CorrectBleu,
        ["models"] = List(result.Models, Model),
        ["comparison"] = result.Comparison is { } comparison ? Comparison(comparison) : null,
    };

    private static JsonObject Model(ModelEvaluation evaluation) => new()
    {
        ["name"] = evaluation.Model.Label,
        ["folder"] = evaluation.Model.Path,
        ["prompt"] = evaluation.Model.Prompt,
        ["answer_form"] = evaluation.Model.AnswerForm,
        ["overall"] = Summary(evaluation.Overall),
        ["languages"] = new JsonObject(evaluation.Languages.Select(l => KeyValuePair.Create(l.Language.Code(), (JsonNode?)Summary(l.Summary)))),
        ["correct"] = evaluation.Correct,
        ["confidence_separation"] = evaluation.Confidence.Separation,
        ["confidence_groups"] = List(evaluation.Confidence.Groups, g => new JsonObject { ["lowest"] = g.Lowest, ["highest"] = g.Highest, ["count"] = g.Count, ["correct"] = g.Correct }),
        ["calibrated"] = evaluation.IsCalibrated,
        ["answering"] = List(evaluation.Answering, Answering),
        ["generated_tokens"] = evaluation.Speed.Tokens,
        ["tokens_per_second"] = evaluation.Speed.TokensPerSecond,
        ["items"] = List(evaluation.Conversations, Item),
    };

    private static JsonObject Summary(ScoreSummary summary)
    {
        var json = new JsonObject { ["conversations"] = summary.Count };
        foreach (var metric in Metric.All)
            json[metric.Name] = Number(metric.Value(summary));
        return json;
    }

    private static JsonObject Answering(AnsweringGroup group) => new()
    {
        ["name"] = group.Name,
        ["questions"] = group.Questions,
        ["threshold"] = Number(group.AtThreshold.Threshold),
        ["answered_right"] = group.AtThreshold.AnsweredRight,
        ["answered_wrong"] = group.AtThreshold.AnsweredWrong,
        ["handed_over"] = group.AtThreshold.HandedOver,
        ["refused_or_handed_over"] = group.RefusedOrHandedOver,
        ["curve"] = List(group.Curve.Points, p => new JsonObject { ["threshold"] = p.Threshold, ["answered_right"] = p.AnsweredRight, ["answered_wrong"] = p.AnsweredWrong }),
    };

    private static JsonObject Item(EvaluatedConversation item)
    {
        var scores = item.Scores;
        return new JsonObject
        {
            ["line"] = item.Conversation.Line,
            ["language"] = item.Language.Code(),
            ["user"] = item.Conversation.User,
            ["assistant"] = item.Conversation.Assistant,
            ["reply"] = item.Reply,
            ["finish_reason"] = item.Ended ? "stop" : "length",
            ["loss"] = scores.Whole.Loss,
            ["tokens"] = scores.Whole.Tokens,
            ["answer_loss"] = scores.Answer.Loss,
            ["answer_tokens"] = scores.Answer.Tokens,
            ["sentence_bleu"] = scores.SentenceBleu,
            ["reward"] = scores.Words.Reward,
            ["penalty"] = scores.Words.Penalty,
            ["exact_match"] = scores.ExactMatch,
            ["confidence"] = scores.Confidence,
            ["correct"] = item.Correct,
            ["right"] = item.Right,
            ["score"] = item.Confidence.Score,
            ["handed_over"] = item.HandedOver,
        };
    }

    private static JsonObject Comparison(ModelComparison comparison)
    {
        var verdict = comparison.Verdict;
        return new JsonObject
        {
            ["cost"] = verdict.Cost,
            ["better"] = verdict.Better,
            ["caution"] = comparison.Caution,
            ["metrics"] = List(comparison.Differences, d => new JsonObject
            {
                ["metric"] = d.Metric.Name,
                ["first"] = Number(d.First),
                ["second"] = Number(d.Second),
                ["difference"] = Number(d.Value),
                ["low"] = Number(d.Interval.Low),
                ["high"] = Number(d.Interval.High),
                ["finding"] = JsonNamingPolicy.SnakeCaseLower.ConvertName(d.Finding.ToString()),
            }),
        };
    }

    // JSON has no infinity; a perplexity may be one.
    private static JsonValue? Number(double value) => double.IsFinite(value) ? JsonValue.Create(value) : null;

    private static JsonArray List<T>(IEnumerable<T> items, Func<T, JsonNode?> create) => [.. items.Select(create)];
}
