using OnnxChat.Training.Runs;
using OnnxChat.Training.Texts;

namespace OnnxChat.Training.Tests.Runs;

public sealed class StepPlanTests
{
    [Theory]
    [InlineData(196, 1_500, 0.98, 0.5)]
    [InlineData(3_200, 3_000, 0.98, 0.5)]
    [InlineData(3_300, 3_093, 0.998, 0.1)]
    [InlineData(1_000_000, 40_000, 0.998, 0.1)]
    public void Complete_NothingSaid_FitsTheData(int texts, long steps, double average, double wholeAnswers)
    {
        var options = StepPlan.Complete(new TrainOptions(), texts);

        Assert.Equal((steps, average, wholeAnswers), (options.Steps, options.Average, options.Loss.WholeAnswers));
    }

    [Fact]
    public void Complete_Said_IsKept()
    {
        var said = new TrainOptions { Steps = 28_000, Average = 0.999, Loss = new LossWeights { WholeAnswers = 0.1 } };

        Assert.Equal(said, StepPlan.Complete(said, texts: 196));
    }

    [Fact]
    public void Complete_LargerBatches_TakeFewerSteps() =>
        Assert.Equal(3_000, StepPlan.Complete(new TrainOptions { Batch = 64, Accumulate = 5 }, texts: 32_000).Steps);
}
