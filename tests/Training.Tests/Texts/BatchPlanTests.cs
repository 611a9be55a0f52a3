using OnnxChat.Training.Texts;

namespace OnnxChat.Training.Tests.Texts;

public sealed class BatchPlanTests
{
    private static readonly int[] Lengths = [.. Enumerable.Range(0, 103).Select(i => 10 + (i * 37 % 50))];

    [Fact]
    public void At_EveryEpoch_HasEachTextOnceInAnotherOrder()
    {
        var plan = new BatchPlan(Lengths, size: 10, seed: 1);
        Assert.Equal(11, plan.BatchesPerEpoch);

        var epochs = Enumerable.Range(0, 2).Select(epoch => Enumerable.Range(0, 11).SelectMany(i => plan.At((epoch * 11) + i).Texts).ToList()).ToList();

        Assert.All(epochs, texts => Assert.Equal(Enumerable.Range(0, 103), texts.Order()));
        Assert.NotEqual(epochs[0], epochs[1]);
        Assert.Equal(1, plan.At(11).Epoch);
    }

    [Fact]
    public void At_AnyBatch_DoesNotDependOnWhatWasAskedBefore()
    {
        var plan = new BatchPlan(Lengths, size: 10, seed: 1);
        _ = plan.At(3);

        Assert.Equal(new BatchPlan(Lengths, 10, 1).At(25).Texts, plan.At(25).Texts);
    }

    [Fact]
    public void At_AnyBatch_HasTextsOfSimilarLength()
    {
        var plan = new BatchPlan(Lengths, size: 10, seed: 1);

        var spreads = Enumerable.Range(0, 11).Select(i => plan.At(i).Texts).Select(texts => texts.Max(text => Lengths[text]) - texts.Min(text => Lengths[text]));

        Assert.All(spreads, spread => Assert.InRange(spread, 0, 10));
    }
}
