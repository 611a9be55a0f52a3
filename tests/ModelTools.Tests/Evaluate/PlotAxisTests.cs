using FsCheck;
using FsCheck.Xunit;
using OnnxChat.ModelTools.Evaluate.Report;

namespace OnnxChat.ModelTools.Tests.Evaluate;

public class PlotAxisTests
{
    [Theory]
    [InlineData(0, 100, "0 20 40 60 80 100")]
    [InlineData(0, 0.34, "0 0.1 0.2 0.3 0.4")]
    [InlineData(-0.55, 0, "-0.6 -0.5 -0.4 -0.3 -0.2 -0.1 0")]
    [InlineData(0, 7, "0 2 4 6 8")]
    public void Ticks_OfARange_AreRoundNumbersAroundIt(double least, double most, string expected)
    {
        var axis = new PlotAxis("x", least, most);

        Assert.Equal(expected, string.Join(' ', axis.Ticks.Select(axis.Label)));
    }

    [Property]
    public void Ticks_AnyRange_HoldItInFewSteps(NormalFloat from, PositiveInt millis)
    {
        var least = Math.Clamp(from.Item, -1e6, 1e6);
        var most = least + (millis.Item / 1000.0);

        var axis = new PlotAxis("x", least, most);

        Assert.True(axis.Least <= least + 1e-6 && axis.Most >= most - 1e-6, $"{axis.Least} to {axis.Most}");
        Assert.InRange(axis.Ticks.Count(), 2, 10);
        Assert.InRange(axis.Place(most), 0, 1);
    }

    [Fact]
    public void Place_RangeOfNothing_IsWithinTheAxis() => Assert.InRange(new PlotAxis("x", 0, 0).Place(0), 0, 1);
}
