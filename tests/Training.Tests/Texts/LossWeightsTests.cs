using OnnxChat.Training.Texts;

namespace OnnxChat.Training.Tests.Texts;

public sealed class LossWeightsTests
{
    // A control token, three of instructions, a control token, four of the question, a control token, the answer.
    private static readonly TrainingText Text = new([.. Enumerable.Range(0, 20)], UserStart: 5, AnswerStart: 10);

    [Fact]
    public void At_EachPart_CountsAsItShould()
    {
        var weights = new LossWeights { User = 0.25, UserEvery = 1, First = 3, Start = 1, StartTokens = 4, Rest = 0.5 };

        var all = Enumerable.Range(1, 19).Select(position => weights.At(Text, position, row: 0));

        Assert.Equal([0, 0, 0, 0, 0.25, 0.25, 0.25, 0.25, 0.25, 3, 1, 1, 1, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5], all);
    }

    [Fact]
    public void At_OneOfThreeWordsCounts_EachRowHasOthers()
    {
        var weights = new LossWeights { User = 1, UserEvery = 3 };

        var counting = Enumerable.Range(0, 3).Select(row => Enumerable.Range(5, 5).Where(position => weights.At(Text, position, row) > 0).ToArray()).ToList();

        Assert.Equal(Enumerable.Range(5, 5), counting.SelectMany(positions => positions).Order());
    }
}
