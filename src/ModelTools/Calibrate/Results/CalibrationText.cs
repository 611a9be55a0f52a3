using System.Globalization;
using OnnxChat.ModelTools.Calibrate.Fitting;
using Spectre.Console;

namespace OnnxChat.ModelTools.Calibrate.Results;

/// <summary>Writes a calibration's report as tables.</summary>
internal static class CalibrationText
{
    // What is no terminal has no width of its own.
    private const int WidthElsewhere = 160;

    public static async Task WriteAsync(CalibrationReport report, TextWriter output)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
        if (!console.Profile.Out.IsTerminal)
            console.Profile.Width = WidthElsewhere;
        await output.WriteLineAsync(Summary(report)).ConfigureAwait(false);
        console.Write(Groups(report));
        console.Write(Reliability(report));
        foreach (var line in Findings(report))
            await output.WriteLineAsync(line).ConfigureAwait(false);
    }

    private static string Summary(CalibrationReport report) => report.Index is { } index
        ? string.Create(CultureInfo.InvariantCulture, $"{report.Model}: {report.Replies.Count:N0} validation questions; index of {index.Neighbours.Count:N0} known questions, {index.Answers.All.Count:N0} answers in {index.Answers.Classes:N0} classes, {index.Vocabulary.Count:N0} features, {ByteSize.Write(report.IndexBytes)}; {report.Lookup.TotalMilliseconds:0.00} ms a lookup.")
        : string.Create(CultureInfo.InvariantCulture, $"{report.Model}: {report.Replies.Count:N0} validation questions; no index.");

    private static Table Groups(CalibrationReport report)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumn("Questions");
        foreach (var title in new[] { "number", "replies right", "index right", "answered right", "answered wrong", "handed over", "refused or handed over", "right by own figures alone" })
            table.AddColumn(new TableColumn(title).RightAligned());
        foreach (var group in report.Groups)
        {
            table.AddRow(
                group.Name,
                group.Questions.ToString("N0", CultureInfo.InvariantCulture),
                Percent(group.ModelRight),
                group.IndexRight is { } right ? Percent(right) : "",
                Percent(group.AtThreshold.AnsweredRight),
                Percent(group.AtThreshold.AnsweredWrong),
                Percent(group.AtThreshold.HandedOver),
                Percent(group.RefusedOrHandedOver),
                Percent(group.OwnAtThreshold.AnsweredRight));
        }

        return table;
    }

    private static Table Reliability(CalibrationReport report)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumn("Score");
        foreach (var title in new[] { "replies", "right" })
            table.AddColumn(new TableColumn(title).RightAligned());
        foreach (var group in report.Reliability)
            table.AddRow(string.Create(CultureInfo.InvariantCulture, $"{group.Lowest:0.00} to {group.Highest:0.00}"), group.Count.ToString("N0", CultureInfo.InvariantCulture), Percent(group.Share));
        return table;
    }

    private static IEnumerable<string> Findings(CalibrationReport report)
    {
        var entry = report.Fit.Entry;
        var languages = string.Concat(entry.LanguageThresholds.Select(t => string.Create(CultureInfo.InvariantCulture, $", {t.Key} {t.Value:0.000}")));
        yield return string.Create(CultureInfo.InvariantCulture, $"The score tells right from wrong at {report.Separation:0.000}, the model's own figures at {report.OwnSeparation:0.000} (0.5 is chance).");
        if (report.Guidance.Count > 1)
            yield return string.Create(CultureInfo.InvariantCulture, $"Guidance {entry.Guidance}: with the index weighing in while replies begin, right are {string.Join(", ", report.Guidance.Select(g => $"{Percent(g.Right)} at {g.Strength.ToString(CultureInfo.InvariantCulture)}"))}.");
        yield return string.Create(CultureInfo.InvariantCulture, $"Threshold {entry.Threshold:0.000}{languages}, for at most {Percent(entry.MaxWrong)} wrong answers of all questions.");
        if (entry.Threshold >= ScoreThreshold.Unreachable)
            yield return "warning: no threshold keeps the bound, so every reply is handed over. Train the model longer, or give more validation questions or a larger --max-wrong.";
        if (report.Index is { Classifier: null })
            yield return "The answers hardly recur, so the index has no classifier; the nearest questions are all it has.";
        yield return $"Written to onnxchat.json{(entry.Index is { } file ? $" and {file}" : "")}.";
    }

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.0} %");
}
