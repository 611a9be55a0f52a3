using OnnxChat.ModelTools.Bench;

namespace OnnxChat.ModelTools.Tests.Bench;

public class PercentileTests
{
    [Theory]
    [InlineData(50, 2)]
    [InlineData(51, 3)]
    [InlineData(99, 4)]
    [InlineData(100, 4)]
    public void Of_FourValues_IsTheNearestRank(double percent, double expected)
    {
        Assert.Equal(expected, Percentile.Of([4, 1, 3, 2], percent));
    }

    [Fact]
    public void Of_OneValue_IsIt()
    {
        Assert.Equal(7, Percentile.Of([7], 50));
    }
}
