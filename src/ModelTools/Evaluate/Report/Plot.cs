using System.Globalization;
using System.Xml.Linq;

namespace OnnxChat.ModelTools.Evaluate.Report;

/// <summary>A plane with two axes that marks are put on, as inline SVG.</summary>
internal sealed class Plot
{
    private const double Width = 460, Height = 260;
    private const double Left = 52, Right = 14, Top = 12, Bottom = 46;

    private readonly XElement _svg;
    private readonly PlotAxis _x;
    private readonly PlotAxis _y;

    /// <param name="description">What the picture shows, for those who cannot see it.</param>
    /// <param name="x">The horizontal axis.</param>
    /// <param name="y">The vertical axis.</param>
    public Plot(string description, PlotAxis x, PlotAxis y)
    {
        (_x, _y) = (x, y);
        _svg = Html.Void("svg", Html.Class("plot"), Html.Attribute("viewBox", $"0 0 {Number(Width)} {Number(Height)}"), Html.Attribute("role", "img"), Html.Attribute("aria-label", description));
        DrawAxes();
    }

    public XElement Svg => _svg;

    /// <summary>A bar from the horizontal axis up to <paramref name="value"/>.</summary>
    public void Bar(double from, double to, double value, string tip)
    {
        var (left, right, top) = (X(from) + 1, X(to) - 1, Y(value));
        _svg.Add(Html.Void("rect", Html.Class("bar"), At("x", left), At("y", top), At("width", Math.Max(1, right - left)), At("height", Y(_y.Least) - top), Html.Attribute("rx", "2"), Tip(tip)));
    }

    /// <summary>A ring or a cross, so that the two kinds differ without colour too.</summary>
    public void Mark(double x, double y, bool ring, string tip)
    {
        var (px, py) = (X(x), Y(y));
        _svg.Add(ring
            ? Html.Void("circle", Html.Class("ring"), At("cx", px), At("cy", py), Html.Attribute("r", "3.5"), Tip(tip))
            : Html.Void("path", Html.Class("cross"), Html.Attribute("d", $"M{Number(px - 3)} {Number(py - 3)}l6 6m0 -6l-6 6"), Tip(tip)));
    }

    /// <summary>A line through points, from left to right.</summary>
    /// <param name="points">At least one.</param>
    /// <param name="style">Its class.</param>
    /// <param name="tip">What it is.</param>
    public void Line(IEnumerable<(double X, double Y)> points, string style, string tip) =>
        _svg.Add(Html.Void("polyline", Html.Class(style), Html.Attribute("points", string.Join(' ', points.Select(p => $"{Number(X(p.X))},{Number(Y(p.Y))}"))), Tip(tip)));

    /// <summary>The name of a line, at the top right.</summary>
    /// <param name="name">What the line is.</param>
    /// <param name="number">Its place from the top, from 0.</param>
    /// <param name="style">Its class.</param>
    public void Key(string name, int number, string style)
    {
        var label = Label(Width - Right - 4, Top + 12 + (16 * number), "end", name);
        label.Add(Html.Class(style));
        _svg.Add(label);
    }

    public static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    private static XAttribute At(string name, double value) => Html.Attribute(name, Number(value));

    private static XElement Tip(string text) => Html.Element("title", text);

    private double X(double value) => Left + (_x.Place(value) * (Width - Left - Right));

    private double Y(double value) => Height - Bottom - (_y.Place(value) * (Height - Top - Bottom));

    private void DrawAxes()
    {
        foreach (var tick in _y.Ticks)
        {
            _svg.Add(Html.Void("line", Html.Class("grid"), At("x1", Left), At("x2", Width - Right), At("y1", Y(tick)), At("y2", Y(tick))));
            _svg.Add(Label(Left - 6, Y(tick) + 4, "end", _y.Label(tick)));
        }

        foreach (var tick in _x.Ticks)
            _svg.Add(Label(X(tick), Height - Bottom + 18, "middle", _x.Label(tick)));
        _svg.Add(Html.Void("line", Html.Class("axis"), At("x1", Left), At("x2", Width - Right), At("y1", Height - Bottom), At("y2", Height - Bottom)));
        _svg.Add(Label((Left + Width - Right) / 2, Height - 8, "middle", _x.Title));
        var middle = (Top + Height - Bottom) / 2;
        var title = Label(13, middle, "middle", _y.Title);
        title.Add(Html.Attribute("transform", $"rotate(-90 13 {Number(middle)})"));
        _svg.Add(title);
    }

    private static XElement Label(double x, double y, string anchor, string text) =>
        Html.Element("text", At("x", x), At("y", y), Html.Attribute("text-anchor", anchor), text);
}
