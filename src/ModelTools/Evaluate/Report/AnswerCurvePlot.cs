using System.Globalization;
using System.Xml.Linq;
using OnnxChat.ModelTools.Evaluate.Results;

namespace OnnxChat.ModelTools.Evaluate.Report;

/// <summary>Right answers against wrong ones as the threshold sinks.</summary>
internal static class AnswerCurvePlot
{
    private static readonly (string Style, string Word)[] Lines = [("curve", "whole line"), ("dashed", "dashed"), ("dotted", "dotted")];

    public static string Caption(ModelEvaluation model) =>
        $"Right answers against wrong ones at every threshold{(model.IsCalibrated ? ", rings at the folder's" : ", by the model's own probability")}: {string.Join(", ", Shown(model).Zip(Lines, (g, l) => $"{g.Name} {l.Word}"))}";

    public static XElement Create(ModelEvaluation model)
    {
        var shown = Shown(model);
        var mostWrong = 100 * shown.Max(g => g.Curve.Points.Max(p => p.AnsweredWrong));
        var plot = new Plot("Share of questions answered right against share answered wrong", new PlotAxis("answered wrong, % of the questions", 0, Math.Max(5, mostWrong)), new PlotAxis("answered right, %", 0, 100));
        foreach (var (group, line) in shown.Zip(Lines))
        {
            plot.Line(group.Curve.Points.Select(p => (100 * p.AnsweredWrong, 100 * p.AnsweredRight)).Prepend((0, 0)), line.Style, group.Name);
            if (model.IsCalibrated)
                plot.Mark(100 * group.AtThreshold.AnsweredWrong, 100 * group.AtThreshold.AnsweredRight, ring: true, string.Create(CultureInfo.InvariantCulture, $"{group.Name} at the threshold: {Figures.Percent(group.AtThreshold.AnsweredRight)} right, {Figures.Percent(group.AtThreshold.AnsweredWrong)} wrong"));
        }

        return plot.Svg;
    }

    // Out of scope there is nothing to answer but a refusal.
    private static List<AnsweringGroup> Shown(ModelEvaluation model) =>
        [.. model.Answering.Where((g, i) => i == 0 || !g.Name.EndsWith("out of scope", StringComparison.Ordinal)).Take(Lines.Length)];
}
