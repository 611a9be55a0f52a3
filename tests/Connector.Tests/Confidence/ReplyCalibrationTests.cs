using OnnxChat.Connector.Confidence;

namespace OnnxChat.Connector.Tests.Confidence;

public class ReplyCalibrationTests
{
    private static readonly ConfidenceEntry Entry = new()
    {
        Threshold = 0.6,
        LanguageThresholds = new Dictionary<string, double> { ["zh"] = 0.8 },
        Bias = 1,
        Features = [.. ConfidenceFeatures.Names(withIndex: false).Select((name, i) => new FeatureWeight(name, i, 2, i == 0 ? 4 : 0))],
        Calibration = [new(-1, 0.2), new(1, 0.4), new(3, 0.9)],
    };

    [Theory]
    // The log-odds are 1 + 4 * x / 2.
    [InlineData(0, 0.4)]
    [InlineData(-0.5, 0.3)]
    [InlineData(0.5, 0.65)]
    [InlineData(-50, 0.2)]
    [InlineData(50, 0.9)]
    public void Score_LogOddsBetweenPoints_IsOnTheLine(double feature, double expected) =>
        Assert.Equal(expected, new ReplyCalibration(Entry, "onnxchat.json").Score([feature, 1, 2]), 1e-9);

    [Theory]
    [InlineData("怎么退货", 0.8)]
    [InlineData("how do I return it", 0.6)]
    public void Threshold_LanguageOfTheQuestion_MayHaveItsOwn(string question, double expected) =>
        Assert.Equal(expected, new ReplyCalibration(Entry, "onnxchat.json").Threshold(ReplyCalibration.LanguageOf(question)));

    public static TheoryData<string> BadEntries => [.. Bad.Keys];

    private static Dictionary<string, ConfidenceEntry> Bad { get; } = new()
    {
        ["its features are"] = Entry with { Index = "questions.index" },
        ["a feature's scale"] = Entry with { Features = [.. Entry.Features.Select(f => f with { Scale = 0 })] },
        ["a probability"] = Entry with { Calibration = [new(0, 1.2)] },
        ["do not rise"] = Entry with { Calibration = [new(0, 0.5), new(0, 0.6)] },
        ["or there is none"] = Entry with { Calibration = [] },
    };

    [Theory]
    [MemberData(nameof(BadEntries))]
    public void Create_EntryThatCannotBeUsed_NamesFileProblemAndRemedy(string problem)
    {
        var error = Assert.Throws<OnnxChatModelException>(() => new ReplyCalibration(Bad[problem], "/models/x/onnxchat.json"));

        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
        Assert.Contains("/models/x/onnxchat.json", error.Message, StringComparison.Ordinal);
        Assert.Contains("onnxchat calibrate", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Score_WithoutIndex_IsByTheModelsOwnFigures()
    {
        var confidence = new ReplyConfidence(new ReplyCalibration(Entry, "onnxchat.json"), null);
        var sure = confidence.Score("where is it", "there", new OnnxChatConfidence(0, 0, 0));
        var unsure = confidence.Score("where is it", "there", new OnnxChatConfidence(double.NegativeInfinity, double.NegativeInfinity, 5));

        Assert.Equal(0.4, sure.Score!.Value, 1e-9);
        Assert.True(sure.BelowThreshold);
        Assert.Equal(0.2, unsure.Score!.Value, 1e-9);
        Assert.Equal(double.NegativeInfinity, unsure.MeanLogProbability);
    }

    [Fact]
    public void BelowThreshold_NoScore_IsFalse() => Assert.False(new OnnxChatConfidence(-1, -1, 1) { Threshold = 0.5 }.BelowThreshold);
}
