using System.Globalization;

namespace OnnxChat.Messages.Measuring;

/// <summary>What was measured, as Markdown.</summary>
internal sealed class Report(IReadOnlyList<Round> rounds, TimeSpan duration)
{
    public const double Asked = 8;

    public string Write()
    {
        var ratios = rounds.Select(round => round.Ratio).Order().ToList();
        return string.Create(CultureInfo.InvariantCulture, $"""
            # Messages through the bot

            Messages of a channel with signed tokens, 16 at a time, {duration.TotalSeconds:F0} s for each bot in a round; each is read, its token is checked, and its reply is posted to the channel before it counts. Our host has its whole bot and a model that answers at once. The peer is the echo bot of the JavaScript SDK, which validates the same tokens and sends its replies with a constant one. Medians of {rounds.Count} rounds in which the two took turns; the ratio is taken within a round.

            | | asked | measured | rounds | met |
            | --- | --- | --- | --- | --- |
            | messages a second, times the echo bot's | at least {Asked:F0} | {Median(ratios):F1} | {ratios[0]:F1} to {ratios[^1]:F1} | {(Median(ratios) >= Asked ? "yes" : "no")} |

            | bot | messages a second | median, ms | p99, ms | processor ms a message |
            | --- | --- | --- | --- | --- |
            {Line("OnnxChat's bot host", round => round.Ours)}
            {Line("the JavaScript SDK's echo bot", round => round.Theirs)}

            """);
    }

    private string Line(string name, Func<Round, LoadRun> run) => string.Create(
        CultureInfo.InvariantCulture,
        $"| {name} | {Median(Values(run, r => r.PerSecond)):F0} | {Median(Values(run, r => r.MedianMilliseconds)):F1} | {Median(Values(run, r => r.P99Milliseconds)):F1} | {Median(Values(run, r => r.ProcessorMilliseconds)):F2} |");

    private IEnumerable<double> Values(Func<Round, LoadRun> run, Func<LoadRun, double> value) => rounds.Select(round => value(run(round)));

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted[sorted.Length / 2];
    }
}
