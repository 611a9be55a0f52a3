using System.Globalization;

namespace OnnxChat.Training.Runs;

/// <summary>The command that trains with given options: those that are not the usual ones, and the steps.</summary>
internal static class TrainCommandLine
{
    public static string Of(TrainOptions options)
    {
        var usual = new TrainOptions();
        var words = new List<string> { "onnxchat-train train prepared --output run" };
        foreach (var ((name, value), (_, otherwise)) in Values(options).Zip(Values(usual)))
        {
            if (!Equals(value, otherwise))
                words.Add(value is true ? name : string.Create(CultureInfo.InvariantCulture, $"{name} {value}"));
        }

        return string.Join(' ', words);
    }

    private static IEnumerable<(string Name, object? Value)> Values(TrainOptions options) =>
    [
        ("--layers", options.Layers), ("--width", options.Width), ("--heads", options.Heads), ("--context", options.Context), ("--steps", options.Steps),
        ("--batch", options.Batch), ("--accumulate", options.Accumulate), ("--learning-rate", options.LearningRate), ("--warm-up", options.WarmUp),
        ("--weight-decay", options.Optimizer.WeightDecay), ("--beta2", options.Optimizer.Beta2), ("--clip", options.Clip), ("--dropout", options.Dropout),
        ("--average", options.Average), ("--noise", options.Noise), ("--merge-dropout", options.MergeDropout), ("--user-weight", options.Loss.User),
        ("--user-every", options.Loss.UserEvery), ("--first-weight", options.Loss.First), ("--start-weight", options.Loss.Start),
        ("--start-tokens", options.Loss.StartTokens), ("--rest-weight", options.Loss.Rest), ("--whole-answers", options.Loss.WholeAnswers),
        ("--bf16", options.HalfPrecision), ("--seed", options.Seed), ("--evaluate-every", options.EvaluateEvery), ("--patience", options.Patience),
    ];
}
