using FsCheck.Xunit;
using OnnxChat.Training.Prepare;
using OnnxChat.Training.Samples;

namespace OnnxChat.Training.Tests.Prepare;

public sealed class GroupSplitTests
{
    [Fact]
    public void IsValidation_SamplesOfAGroup_StandOnOneSide()
    {
        var samples = Samples(400).ToList();
        var split = new GroupSplit(samples, 0.2, seed: 1);

        Assert.All(samples.GroupBy(sample => sample.Group), group => Assert.Single(group.Select(split.IsValidation).Distinct()));
        Assert.InRange(samples.Count(split.IsValidation), 40, 120);
    }

    [Fact]
    public void IsValidation_MoreSamples_ChangeNoSide()
    {
        var split = new GroupSplit(Samples(400), 0.2, seed: 1);
        var larger = new GroupSplit(Samples(800), 0.2, seed: 1);

        Assert.All(Samples(400), sample => Assert.Equal(split.IsValidation(sample), larger.IsValidation(sample)));
    }

    [Property]
    public void IsValidation_TwoGroupsOrMore_NoSideIsEmpty(byte count, byte share)
    {
        var samples = Samples(8 + count).ToList();
        var split = new GroupSplit(samples, (share + 1) / 300.0, seed: count);

        Assert.Equal(2, samples.Select(split.IsValidation).Distinct().Count());
    }

    [Fact]
    public void IsValidation_ShareOfZero_KeepsAllForTraining() =>
        Assert.DoesNotContain(Samples(100), new GroupSplit(Samples(100), 0, seed: 1).IsValidation);

    private static IEnumerable<Sample> Samples(int count) => Enumerable.Range(0, count).Select(i => new Sample($"q{i}", "a") { Group = $"g{i / 4}" });
}
