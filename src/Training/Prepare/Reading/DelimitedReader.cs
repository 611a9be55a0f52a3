using CsvHelper;
using OnnxChat.ModelTools.CommandLine;

namespace OnnxChat.Training.Prepare.Reading;

/// <summary>CSV and TSV (RFC 4180): names in the first line, texts in quotes where they hold the separator or a line break.</summary>
internal static class DelimitedReader
{
    /// <exception cref="UserException">The first line lacks a column that is needed.</exception>
    public static IEnumerable<InputRow> Read(string path, char separator, SampleColumns columns)
    {
        string? fault = null;
        using var csv = CsvReader.FromFile(path, CsvReaderOptions.Default with
        {
            Separator = separator,
            TrackLineNumbers = true,
            OnMalformedRecord = record => fault ??= Fault(record.Reason),
        });
        string[] names = [.. csv.Headers];
        columns.Require(path, names);
        while (csv.Read())
        {
            if (csv.FieldCount != names.Length)
                fault ??= $"it has {csv.FieldCount} columns, and the first line {names.Length}; put texts that hold the separator in quotes";
            yield return fault is null ? new InputRow(csv.LineNumber, Values(csv, names)) : InputRow.Broken(csv.LineNumber, fault);
            fault = null;
        }
    }

    private static string? Fault(CsvMalformedReason reason) => reason switch
    {
        CsvMalformedReason.UnterminatedQuote => "a quote that begins a text is never closed",
        CsvMalformedReason.TextAfterClosingQuote => "a text goes on behind its closing quote; write a quote within a text twice",
        // A quote within a text that has none around it is a character like others.
        _ => null,
    };

    private static Dictionary<string, string> Values(CsvReader csv, string[] names)
    {
        var values = new Dictionary<string, string>();
        for (var i = 0; i < names.Length; i++)
            values[names[i]] = csv.GetString(i);
        return values;
    }
}
