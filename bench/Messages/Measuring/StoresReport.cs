using System.Globalization;

namespace OnnxChat.Messages.Measuring;

/// <summary>What it costs to keep messages, as Markdown.</summary>
internal sealed class StoresReport(IReadOnlyList<Round> rounds, TimeSpan duration, int processors)
{
    public string Write()
    {
        var ratios = rounds.Select(round => round.Ratio).Order().ToList();
        return string.Create(CultureInfo.InvariantCulture, $"""
            # Messages that are kept

            Messages of a channel with signed tokens, 16 at a time, {duration.TotalSeconds:F0} s for each host in a round, until the last reply has come. Both are the whole host with a model that answers at once{(processors > 0 ? $", and {processors} processor(s) for the runtime of each" : "")}. One keeps each message on the disk before it says that it has it, and answers afterwards; the other has the channel wait for the answer and keeps nothing. Medians of {rounds.Count} rounds in which the two took turns; the ratio is taken within a round.

            | | measured | rounds |
            | --- | --- | --- |
            | messages a second with `Store=Sqlite`, of those with `Store=None` | {Median(ratios):F2} | {ratios[0]:F2} to {ratios[^1]:F2} |

            | store | messages a second | accepted: median, ms | p99, ms | processor ms a message |
            | --- | --- | --- | --- | --- |
            {Line("Sqlite", round => round.Ours)}
            {Line("None (accepted when answered)", round => round.Theirs)}

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
