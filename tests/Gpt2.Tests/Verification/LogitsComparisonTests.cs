using OnnxChat.Gpt2.Export;
using OnnxChat.Gpt2.Verification;

namespace OnnxChat.Gpt2.Tests.Verification;

public sealed class LogitsComparisonTests
{
    [Fact]
    public void Result_NothingCompared_IsZero() => Assert.Equal(new VerificationResult(0, 0, 0, 0, 0), new LogitsComparison().Result);

    [Fact]
    public void Add_KnownDistributions_GivesTheirDivergenceAndLargestDifference()
    {
        var comparison = new LogitsComparison();
        comparison.BeginPrompt();

        // (1/2, 1/2) against (3/4, 1/4), then against itself.
        comparison.Add([0, 0], [MathF.Log(3), 0]);
        comparison.Add([0, 0], [0, 0]);

        var expected = ((0.5 * Math.Log(0.5 / 0.75)) + (0.5 * Math.Log(0.5 / 0.25))) / 2;
        Assert.Equal(1, comparison.Result.Prompts);
        Assert.Equal(2, comparison.Result.Positions);
        Assert.Equal(Math.Log(3), comparison.Result.MaxLogitDifference, 1e-6);
        Assert.Equal(expected, comparison.Result.MeanKl, 1e-7);
    }

    [Fact]
    public void Add_LikeliestTokenDiffersOnceInFour_AgreesAtThreeQuarters()
    {
        var comparison = new LogitsComparison();

        comparison.Add([0, 1], [0, 1]);
        comparison.Add([3, 1], [1.1f, 1]);
        comparison.Add([0, 1], [1.5f, 1]);
        comparison.Add([-3, -2], [-5, -4]);

        Assert.Equal(0.75, comparison.Result.TopAgreement);
    }

    [Fact]
    public void Add_ShiftedLogits_HasNoDivergence()
    {
        var comparison = new LogitsComparison();

        comparison.Add([1000, 999, -1000], [10, 9, -1990]);

        Assert.Equal(990, comparison.Result.MaxLogitDifference, 1e-3);
        Assert.Equal(0, comparison.Result.MeanKl, 1e-6);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Add_LogitThatIsNoNumber_IsRefused(float logit)
    {
        var comparison = new LogitsComparison();

        Assert.Throws<InvalidDataException>(() => comparison.Add([0, 1], [0, logit]));
    }

    [Fact]
    public void Add_OtherVocabulary_NamesBothSizes()
    {
        var error = Assert.Throws<ArgumentException>(() => new LogitsComparison().Add([0, 1], [0, 1, 2]));

        Assert.Contains("3 logits where the weights give 2", error.Message, StringComparison.Ordinal);
    }
}
