using System.Globalization;

namespace OnnxChat.ModelTools.Evaluate.Report;

/// <summary>One axis: from where to where, and the values written at it.</summary>
internal sealed class PlotAxis
{
    private const int MostTicks = 6;

    private readonly string _format;

    /// <param name="title">What it shows, with its unit.</param>
    /// <param name="least">Lowest value to show.</param>
    /// <param name="most">Highest value to show.</param>
    /// <param name="format">How its values are written; null for as many digits as tell them apart.</param>
    public PlotAxis(string title, double least, double most, string? format = null)
    {
        Title = title;
        Step = NiceStep(least, most);
        Least = Math.Floor(least / Step) * Step;
        Most = Math.Max(Math.Ceiling(most / Step) * Step, Least + Step);
        _format = format ?? "0." + new string('#', Math.Max(0, (int)Math.Ceiling(-Math.Log10(Step))));
    }

    public string Title { get; }

    /// <summary>Between two ticks: 1, 2 or 5 times a power of ten.</summary>
    public double Step { get; }

    public double Least { get; }

    public double Most { get; }

    public IEnumerable<double> Ticks => Enumerable.Range(0, 1 + (int)Math.Round((Most - Least) / Step)).Select(i => Least + (i * Step));

    /// <summary>0 at the axis' beginning, 1 at its end.</summary>
    public double Place(double value) => (Math.Clamp(value, Least, Most) - Least) / (Most - Least);

    public string Label(double value) => value.ToString(_format, CultureInfo.InvariantCulture);

    private static double NiceStep(double least, double most)
    {
        var rough = Math.Max(most - least, 1e-6) / MostTicks;
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        return power * (rough / power) switch
        {
            <= 1 => 1,
            <= 2 => 2,
            <= 5 => 5,
            _ => 10,
        };
    }
}
