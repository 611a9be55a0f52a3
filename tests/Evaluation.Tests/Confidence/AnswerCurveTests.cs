using OnnxChat.Evaluation.Confidence;

namespace OnnxChat.Evaluation.Tests.Confidence;

public class AnswerCurveTests
{
    [Fact]
    public void Points_ThresholdSinks_RightAndWrongAddUp()
    {
        var curve = AnswerCurve.Of([(0.2, false), (0.9, true), (0.5, false), (0.5, true)]);

        Assert.Equal([new(0.9, 0.25, 0), new(0.5, 0.5, 0.25), new(0.2, 0.5, 0.5)], curve.Points);
        Assert.Equal(0.25, curve.Points[1].HandedOver);
    }

    [Fact]
    public void At_ThresholdBetweenScores_CountsTheRepliesAboveIt() =>
        Assert.Equal(new AnswerCurvePoint(0.6, 0.5, 0), AnswerCurve.Of([(0.7, true), (0.5, false)]).At(0.6));

    [Fact]
    public void Points_ManyScores_AreAtMostAHundredWithBothEnds()
    {
        var curve = AnswerCurve.Of(Enumerable.Range(0, 5000).Select(i => (i / 5000.0, i % 2 == 0)));

        Assert.Equal(100, curve.Points.Count);
        Assert.Equal(4999 / 5000.0, curve.Points[0].Threshold);
        Assert.Equal(new AnswerCurvePoint(0, 0.5, 0.5), curve.Points[^1]);
    }
}
