using OnnxChat.Training.Optimization;

namespace OnnxChat.Training.Tests.Optimization;

public sealed class LearningRateTests
{
    private static readonly LearningRate Rate = new(Highest: 0.001, WarmUp: 10, Steps: 100);

    [Theory]
    [InlineData(1, 0.0001, 0.02)]
    [InlineData(10, 0.001, 0.03)]
    [InlineData(50, 0.0005, 0.01)]
    [InlineData(100, 0.00002, 0.01)]
    public void At_Step_RisesAndFalls(long step, double expected, double tolerance) =>
        Assert.InRange(Rate.At(step) / expected, 1 - tolerance, 1 + tolerance);

    [Fact]
    public void At_AfterTheRise_NeverRisesAgain() =>
        Assert.All(Enumerable.Range(10, 90), step => Assert.True(Rate.At(step + 1) <= Rate.At(step)));
}
