using System.Xml.Linq;
using OnnxChat.Evaluation.Comparison;

namespace OnnxChat.ModelTools.Evaluate.Report;

/// <summary>A difference and its interval on a line whose middle is 0, to stand in a table.</summary>
internal static class IntervalBar
{
    private const double Width = 180, Height = 18, Half = (Width / 2) - 6;

    public static XElement Of(MetricDifference difference)
    {
        var most = Math.Max(Math.Abs(difference.Interval.Low), Math.Abs(difference.Interval.High));
        double X(double value) => (Width / 2) + (most > 0 ? value / most * Half : 0);
        return Html.Void("svg", Html.Class("interval " + Class(difference.Finding)), Html.Attribute("viewBox", $"0 0 {Plot.Number(Width)} {Plot.Number(Height)}"), Html.Attribute("aria-hidden", "true"),
            Line("zero", Width / 2, 2, Width / 2, Height - 2),
            Line("range", X(difference.Interval.Low), Height / 2, X(difference.Interval.High), Height / 2),
            Html.Void("circle", Html.Class("point"), Html.Attribute("cx", Plot.Number(X(difference.Value))), Html.Attribute("cy", Plot.Number(Height / 2)), Html.Attribute("r", "4")));
    }

    /// <summary>The style that a finding has.</summary>
    public static string Class(Finding finding) => finding switch
    {
        Finding.Better => "better",
        Finding.Worse => "worse",
        _ => "same",
    };

    private static XElement Line(string name, double x1, double y1, double x2, double y2) => Html.Void("line", Html.Class(name),
        Html.Attribute("x1", Plot.Number(x1)), Html.Attribute("y1", Plot.Number(y1)), Html.Attribute("x2", Plot.Number(x2)), Html.Attribute("y2", Plot.Number(y2)));
}
