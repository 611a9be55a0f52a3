using System.Text.Json.Nodes;

namespace OnnxChat.ModelTools.Calibrate.Results;

/// <summary>Writes a calibration's report as one JSON object, for programs.</summary>
internal static class CalibrationJson
{
    public static async Task WriteAsync(CalibrationReport report, TextWriter output) =>
        await output.WriteLineAsync(Create(report).ToJsonString(JsonText.Options)).ConfigureAwait(false);

    private static JsonObject Create(CalibrationReport report) => new()
    {
        ["model"] = report.Model,
        ["questions"] = report.Replies.Count,
        ["max_wrong"] = report.Fit.Entry.MaxWrong,
        ["threshold"] = report.Fit.Entry.Threshold,
        ["language_thresholds"] = new JsonObject(report.Fit.Entry.LanguageThresholds.Select(t => KeyValuePair.Create(t.Key, (JsonNode?)t.Value))),
        ["separation"] = report.Separation,
        ["own_separation"] = report.OwnSeparation,
        ["index"] = report.Index is { } index
            ? new JsonObject
            {
                ["file"] = report.Fit.Entry.Index,
                ["bytes"] = report.IndexBytes,
                ["questions"] = index.Neighbours.Count,
                ["answers"] = index.Answers.All.Count,
                ["classes"] = index.Answers.Classes,
                ["features"] = index.Vocabulary.Count,
                ["has_classifier"] = index.Classifier is not null,
                ["lookup_ms"] = report.Lookup.TotalMilliseconds,
            }
            : null,
        ["guidance"] = report.Fit.Entry.Guidance,
        ["guidance_tried"] = new JsonArray([.. report.Guidance.Select(g => new JsonObject { ["strength"] = g.Strength, ["right"] = g.Right })]),
        ["groups"] = new JsonArray([.. report.Groups.Select(Group)]),
        ["reliability"] = new JsonArray([.. report.Reliability.Select(g => new JsonObject { ["lowest"] = g.Lowest, ["highest"] = g.Highest, ["count"] = g.Count, ["right"] = g.Correct })]),
    };

    private static JsonNode Group(ReplyGroup group) => new JsonObject
    {
        ["name"] = group.Name,
        ["questions"] = group.Questions,
        ["model_right"] = group.ModelRight,
        ["index_right"] = group.IndexRight,
        ["answered_right"] = group.AtThreshold.AnsweredRight,
        ["answered_wrong"] = group.AtThreshold.AnsweredWrong,
        ["handed_over"] = group.AtThreshold.HandedOver,
        ["refused_or_handed_over"] = group.RefusedOrHandedOver,
        ["own_answered_right"] = group.OwnAtThreshold.AnsweredRight,
        ["own_answered_wrong"] = group.OwnAtThreshold.AnsweredWrong,
    };
}
