using System.Globalization;
using OnnxChat.Evaluation;
using OnnxChat.Evaluation.Comparison;
using OnnxChat.ModelTools.Evaluate.Conversations;
using OnnxChat.ModelTools.Evaluate.Results;
using Spectre.Console;

namespace OnnxChat.ModelTools.Evaluate.Text;

/// <summary>Writes what was found as tables; in colour on a terminal only.</summary>
internal static class EvaluationText
{
    // Wide enough for any table; what is no terminal has no width of its own.
    private const int WidthElsewhere = 160;

    private const int MostBadLines = 20;

    public static async Task WriteAsync(EvaluationResult result, TextWriter output)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
        if (!console.Profile.Out.IsTerminal)
            console.Profile.Width = WidthElsewhere;

        foreach (var model in result.Models)
        {
            console.Write(ModelTable(model));
            await output.WriteLineAsync(Summary(model, result.Request)).ConfigureAwait(false);
            console.Write(AnsweringTable(model));
        }

        if (result.Comparison is { } comparison)
        {
            console.Write(ComparisonTable(comparison));
            if (comparison.Caution is { } caution)
                await output.WriteLineAsync(caution).ConfigureAwait(false);
            var verdict = comparison.Verdict;
            await output.WriteLineAsync(verdict.Cost).ConfigureAwait(false);
            await output.WriteLineAsync(verdict.Better).ConfigureAwait(false);
        }
    }

    public static async Task WriteBadLinesAsync(IReadOnlyList<BadLine> lines, TextWriter error)
    {
        foreach (var line in lines.Take(MostBadLines))
            await error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"warning: line {line.Line} was not measured. {line.Reason}")).ConfigureAwait(false);
        if (lines.Count > MostBadLines)
            await error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"warning: nor were {lines.Count - MostBadLines:N0} more lines; --json and --output have them all.")).ConfigureAwait(false);
    }

    private static Table ModelTable(ModelEvaluation model)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumn(Markup.Escape(model.Model.Label)).AddColumn(Right("all"));
        foreach (var (language, _) in model.Languages)
            table.AddColumn(Right(language.Code()));
        table.AddRow(Row("Conversations", model, s => s.Count.ToString("N0", CultureInfo.InvariantCulture)));
        foreach (var metric in Metric.All)
            table.AddRow(Row($"{metric.Title}{Unit(metric)}", model, s => Figures.Of(metric, metric.Value(s))));
        return table;
    }

    private static Table AnsweringTable(ModelEvaluation model)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumn(model.IsCalibrated ? "At the threshold" : "Not calibrated: every reply stands");
        foreach (var title in new[] { "questions", "answered right", "answered wrong", "handed over", "refused or handed over" })
            table.AddColumn(Right(title));
        foreach (var group in model.Answering)
        {
            table.AddRow(
                group.Name,
                group.Questions.ToString("N0", CultureInfo.InvariantCulture),
                Figures.Percent(group.AtThreshold.AnsweredRight),
                Figures.Percent(group.AtThreshold.AnsweredWrong),
                Figures.Percent(group.AtThreshold.HandedOver),
                Figures.Percent(group.RefusedOrHandedOver));
        }

        return table;
    }

    private static string Summary(ModelEvaluation model, EvaluateRequest request)
    {
        var separation = model.Confidence.Separation is { } s ? string.Create(CultureInfo.InvariantCulture, $"; confidence tells correct from wrong at {s:0.00} (0.5 is chance)") : "";
        return string.Create(CultureInfo.InvariantCulture, $"{Figures.Percent(model.Correct)} correct (sentence BLEU {request.CorrectBleu:0.#} or more){separation}; {Figures.Speed(model.Speed)}.");
    }

    private static Table ComparisonTable(ModelComparison comparison)
    {
        var table = new Table().Border(TableBorder.Simple)
            .AddColumn("Compared").AddColumn(Right(comparison.First.Model.Label)).AddColumn(Right(comparison.Second.Model.Label)).AddColumn(Right("difference")).AddColumn(Right("95 % interval"));
        foreach (var d in comparison.Differences)
            table.AddRow(d.Metric.Title, Figures.Of(d.Metric, d.First), Figures.Of(d.Metric, d.Second), Coloured(d.Finding, Figures.Change(d.Metric, d.Value)), Figures.Range(d.Metric, d.Interval));
        return table;
    }

    private static string[] Row(string title, ModelEvaluation model, Func<ScoreSummary, string> value) =>
        [Markup.Escape(title), value(model.Overall), .. model.Languages.Select(l => value(l.Summary))];

    private static string Coloured(Finding finding, string text) => finding switch
    {
        Finding.Better => $"[green]{text}[/]",
        Finding.Worse => $"[red]{text}[/]",
        _ => text,
    };

    private static string Unit(Metric metric) => metric.Unit == "nats a token" ? ", nats a token" : "";

    private static TableColumn Right(string title) => new TableColumn(Markup.Escape(title)).RightAligned();
}
