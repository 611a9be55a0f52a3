using OnnxChat.Connector.Generation;

namespace OnnxChat.Connector.Tests.Generation;

public class HintedLogitsTests
{
    // Softmax of these is 1/2, 1/4, 1/8, 1/8.
    private static readonly float[] Logits = [MathF.Log(8), MathF.Log(4), MathF.Log(2), MathF.Log(2)];
    private static readonly double[] LogProbabilities = [Math.Log(0.5), Math.Log(0.25), Math.Log(0.125), Math.Log(0.125)];

    [Fact]
    public void Apply_NoHints_GivesTheModelsLogits()
    {
        Assert.Equal(Logits, new HintedLogits(null, 4).Apply(Logits).ToArray());
        Assert.Equal(Logits, new HintedLogits(new ReplyHints([], 1), 4).Apply(Logits).ToArray());
        Assert.Equal(Logits, new HintedLogits(new ReplyHints([new ReplyHint(1, [[2]])], 0), 4).Apply(Logits).ToArray());
    }

    [Fact]
    public void Apply_Hints_RaisesTheirTokensByTheirProbability()
    {
        var hinted = new HintedLogits(new ReplyHints([new ReplyHint(0.6, [[1, 0]]), new ReplyHint(0.2, [[2, 0]])], 2), 4);

        var raised = hinted.Apply(Logits).ToArray();

        Assert.Equal(Logits[0], raised[0]);
        Assert.Equal(Logits[1] + (2 * Math.Log((0.75 + 0.02) / 0.02)), raised[1], 1e-5);
        Assert.Equal(Logits[2] + (2 * Math.Log((0.25 + 0.02) / 0.02)), raised[2], 1e-5);
        Assert.Equal(Logits[3], raised[3]);
    }

    [Fact]
    public void Apply_TwoWordingsOfOneAnswer_RaisesEachByTheWholeProbability()
    {
        var hinted = new HintedLogits(new ReplyHints([new ReplyHint(0.5, [[1, 0], [2, 0]]), new ReplyHint(0.5, [[3, 0]])], 1), 4);

        var raised = hinted.Apply(Logits).ToArray();

        Assert.Equal(Math.Log(0.52 / 0.02), raised[1] - Logits[1], 1e-5);
        Assert.Equal(Math.Log(0.52 / 0.02), raised[2] - Logits[2], 1e-5);
        Assert.Equal(Math.Log(0.52 / 0.02), raised[3] - Logits[3], 1e-5);
    }

    [Fact]
    public void Apply_OneAnswerIsLeft_GivesTheModelsLogits()
    {
        var hinted = new HintedLogits(new ReplyHints([new ReplyHint(0.5, [[1, 0, 0]]), new ReplyHint(0.5, [[2, 0, 0]])], 1), 4);
        hinted.Observe(Logits, 1, LogProbabilities[1]);

        Assert.Equal(Logits, hinted.Apply(Logits).ToArray());
    }

    [Fact]
    public void Apply_ReplyOfNoHint_GivesTheModelsLogits()
    {
        var hinted = new HintedLogits(new ReplyHints([new ReplyHint(0.5, [[1, 0]]), new ReplyHint(0.5, [[2, 0]])], 1), 4);
        hinted.Observe(Logits, 3, LogProbabilities[3]);

        Assert.Equal(Logits, hinted.Apply(Logits).ToArray());
        Assert.Equal(double.NegativeInfinity, hinted.Choice.LogProbability);
        Assert.Equal(LogProbabilities[1], hinted.Choice.OtherLogProbability, 1e-5);
    }

    [Fact]
    public void Choice_AfterACommonBeginning_IsOfTheAnswerAndTheBestOther()
    {
        var hinted = new HintedLogits(new ReplyHints([new ReplyHint(0.2, [[0, 1, 0], [0, 2, 0]]), new ReplyHint(0.8, [[0, 3, 0]])], 1), 4);
        hinted.Observe(Logits, 0, LogProbabilities[0]);
        hinted.Observe(Logits, 2, LogProbabilities[2]);

        // Both wordings count for the first answer: 1/2 (1/4 + 1/8).
        Assert.Equal(Math.Log(0.1875), hinted.Choice.LogProbability, 1e-5);
        Assert.Equal(Math.Log(0.0625), hinted.Choice.OtherLogProbability, 1e-5);
    }

    [Fact]
    public void Observe_PastTheEndOfAHint_EndsTheHints()
    {
        var hinted = new HintedLogits(new ReplyHints([new ReplyHint(0.5, [[1]]), new ReplyHint(0.5, [[1, 2]])], 1), 4);
        hinted.Observe(Logits, 1, LogProbabilities[1]);

        Assert.Equal(Logits, hinted.Apply(Logits).ToArray());
        hinted.Observe(Logits, 2, LogProbabilities[2]);
        Assert.Equal(LogProbabilities[1], hinted.Choice.LogProbability, 1e-5);
    }
}
