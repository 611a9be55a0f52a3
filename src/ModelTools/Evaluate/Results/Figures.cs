using System.Globalization;
using OnnxChat.Evaluation;
using OnnxChat.Evaluation.Comparison;

namespace OnnxChat.ModelTools.Evaluate.Results;

/// <summary>How figures are written for people: as many digits as they are worth, in one form everywhere.</summary>
internal static class Figures
{
    /// <summary>A metric's value.</summary>
    public static string Of(Metric metric, double value) => IsPercentage(metric)
        ? string.Create(CultureInfo.InvariantCulture, $"{100 * value:0.0} %")
        : value.ToString(Format(metric), CultureInfo.InvariantCulture);

    /// <summary>A difference, with its sign.</summary>
    public static string Change(Metric metric, double difference) => IsPercentage(metric)
        ? string.Create(CultureInfo.InvariantCulture, $"{100 * difference:+0.0;-0.0;0.0} points")
        : difference.ToString($"+{Format(metric)};-{Format(metric)};{Format(metric)}", CultureInfo.InvariantCulture);

    /// <summary>From where to where a difference may lie; shares in points.</summary>
    public static string Range(Metric metric, Interval interval) => IsPercentage(metric)
        ? string.Create(CultureInfo.InvariantCulture, $"{100 * interval.Low:+0.0;-0.0;0.0} to {100 * interval.High:+0.0;-0.0;0.0}")
        : $"{Change(metric, interval.Low)} to {Change(metric, interval.High)}";

    /// <summary>A share as percentage.</summary>
    public static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.0} %");

    /// <summary>Tokens a second.</summary>
    public static string Speed(GenerationSpeed speed) => string.Create(CultureInfo.InvariantCulture, $"{speed.TokensPerSecond:N0} tokens a second");

    private static bool IsPercentage(Metric metric) => metric == Metric.Reward || metric == Metric.Penalty || metric == Metric.ExactMatch;

    private static string Format(Metric metric) => metric == Metric.Bleu || metric == Metric.SentenceBleu ? "0.00" : "0.0000";
}
