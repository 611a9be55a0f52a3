using System.Globalization;
using System.Text.Json;
using OnnxChat.Gpt2.Export;

namespace OnnxChat.ModelTools.Import;

/// <summary>Says what an import did.</summary>
internal static class ImportReportText
{
    public static async Task WriteAsync(ImportReport report, TextWriter output)
    {
        var invariant = CultureInfo.InvariantCulture;
        var shape = report.Configuration.Shape;
        var added = report.Tokenizer.NewTokens.Select(t => t.Content).ToList();
        string[] lines =
        [
            $"Imported to {report.Folder}",
            string.Create(invariant, $"  model      GPT-2: {shape.Layers} layers, {shape.Width} wide, {shape.Heads} heads, context {shape.Context}, {report.Parameters / 1e6:0.0} million parameters"),
            $"  shape      {report.Configuration.Source}",
            string.Create(invariant, $"  tokens     {report.Tokenizer.Count:N0} of {shape.VocabularySize:N0} embedding rows; ") + (added.Count == 0 ? "special tokens were all there" : "added " + string.Join(' ', added)),
            string.Create(invariant, $"  precision  {report.Precision.Name()}, {report.Bytes / 1e6:0.0} MB"),
            $"  template   {Quote(report.Template.Example)}",
            string.Create(invariant, $"  checked    {report.Verification.Prompts} prompts, {report.Verification.Positions} positions against the checkpoint: largest logit difference {report.Verification.MaxLogitDifference:0.0e+0}, mean KL {report.Verification.MeanKl:0.0e+0} nats"),
        ];
        foreach (var line in lines)
            await output.WriteLineAsync(line).ConfigureAwait(false);
    }

    /// <summary>What a person should know before serving the model; empty where all is as it should be.</summary>
    public static IEnumerable<string> Warnings(ImportReport report)
    {
        if (report.Template.PlainMarkers.Count > 0)
            yield return $"warning: the template's {string.Join(", ", report.Template.PlainMarkers)} is no control token of the tokenizer, so it is read as text, and so is one that a customer types. " +
                "Give the tokenizer that the model was trained with, or check the spelling.";
        if (report is { Verification: var int4, Int8: { } int8 })
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"""
                warning: int4 costs quality. The likeliest next token is the checkpoint's at {int4.TopAgreement:0.0 %} of {int4.Positions} positions, mean KL {int4.MeanKl:0.0e+0} nats;
                  with int8 on the same prompts {int8.TopAgreement:0.0 %} and {int8.MeanKl:0.0e+0} nats. Serve int8 unless memory forbids it; 'onnxchat evaluate --compare' shows the cost on your own questions.
                """);
        }
    }

    // In quotes, so that a space at the end can be seen.
    private static string Quote(string text) => JsonSerializer.Serialize(text, JsonText.Options);
}
