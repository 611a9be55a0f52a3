using System.Text.Json;
using OnnxChat.Gpt2.Export;

namespace OnnxChat.ModelTools.Import;

/// <summary>Says what an import did, for programs: one object on one line.</summary>
internal static class ImportReportJson
{
    public static string Of(ImportReport report)
    {
        var shape = report.Configuration.Shape;
        return JsonSerializer.Serialize(
            new
            {
                report.Folder,
                Precision = report.Precision.Name(),
                report.Bytes,
                report.Parameters,
                Configuration = new
                {
                    Source = report.Configuration.Source,
                    shape.Layers,
                    shape.Width,
                    shape.Heads,
                    shape.Context,
                    shape.VocabularySize,
                    shape.InnerWidth,
                    shape.TiedHead,
                },
                Tokens = report.Tokenizer.Count,
                AddedTokens = report.Tokenizer.NewTokens.Select(token => token.Content),
                Prompt = report.Template.Example,
                report.Template.PlainMarkers,
                report.Verification,
                Int8Verification = report.Int8,
            },
            JsonText.Options);
    }
}
