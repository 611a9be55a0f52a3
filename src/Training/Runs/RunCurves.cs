using System.Xml.Linq;
using OnnxChat.ModelTools;
using OnnxChat.ModelTools.Evaluate.Report;

namespace OnnxChat.Training.Runs;

/// <summary>The curves of a run as one picture: losses on the left, right replies on the right.</summary>
internal static class RunCurves
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    private const int PlotWidth = 460, PlotHeight = 260;

    private const string Style = """
        svg { font: 12px system-ui, sans-serif; background: #fff }
        text { fill: #444 } .grid { stroke: #ddd } .axis { stroke: #888 }
        polyline { fill: none; stroke-width: 2 } .line-0 { stroke: #1f6f8b } .line-1 { stroke: #c2571a; stroke-dasharray: 6 3 } .line-2 { stroke: #5b8c3a; stroke-dasharray: 2 3 }
        .key-0 { fill: #1f6f8b } .key-1 { fill: #c2571a } .key-2 { fill: #5b8c3a }
        """;

    public static void Write(string path, IReadOnlyList<RunMetrics> lines)
    {
        var measured = lines.Where(line => line.Validation is not null).ToList();
        if (measured.Count < 2)
            return;
        var losses = Plot(
            measured, "nats a token", null,
            ("training, weighted", line => line.TrainingLoss), ("validation", line => line.Validation!.Loss), ("its answers", line => line.Validation!.AnswerLoss));
        var replies = Plot(
            measured, "share of replies", 1,
            ("right", line => line.Validation!.RightShare), ("reward", line => line.Validation!.Reward), ("BLEU / 100", line => line.Validation!.Bleu / 100));
        replies.SetAttributeValue("x", PlotWidth);
        var picture = new XElement(
            "svg", new XAttribute("viewBox", $"0 0 {2 * PlotWidth} {PlotHeight}"), new XAttribute("width", 2 * PlotWidth), new XAttribute("height", PlotHeight),
            new XElement("style", Style), losses, replies);
        foreach (var element in picture.DescendantsAndSelf())
            element.Name = Svg + element.Name.LocalName;
        WholeFile.Write(path, partial => File.WriteAllText(partial, picture.ToString() + "\n"));
    }

    private static XElement Plot(IReadOnlyList<RunMetrics> lines, string title, double? most, params (string Name, Func<RunMetrics, double> Value)[] series)
    {
        var highest = most ?? series.Max(one => lines.Max(one.Value));
        var plot = new Plot(string.Join(", ", series.Select(one => one.Name)), new PlotAxis("step", 0, lines[^1].Step), new PlotAxis(title, 0, highest));
        for (var i = 0; i < series.Length; i++)
        {
            plot.Line([.. lines.Select(line => ((double)line.Step, series[i].Value(line)))], $"line-{i}", series[i].Name);
            plot.Key(series[i].Name, i, $"key-{i}");
        }

        plot.Svg.SetAttributeValue("width", PlotWidth);
        plot.Svg.SetAttributeValue("height", PlotHeight);
        return plot.Svg;
    }
}
