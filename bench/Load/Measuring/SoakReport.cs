using System.Globalization;

namespace OnnxChat.Load.Measuring;

/// <summary>A soak as Markdown.</summary>
internal sealed class SoakReport(SoakResult result, HostSettings settings)
{
    // Caches fill and code is compiled again: that is not what grows for ever.
    private const double WarmUp = 1 / 6.0;

    private static readonly (string Name, Func<Sample, double> Value)[] Series =
    [
        ("resident memory, MB", sample => sample.ResidentMegabytes),
        ("managed heap, MB", sample => sample.HeapMegabytes),
        ("handles", sample => sample.Handles),
        ("threads", sample => sample.Threads),
        ("file of the inbox with its log, MB", sample => sample.InboxMegabytes),
        ("turns in the inbox", sample => sample.Waiting),
    ];

    public string Write()
    {
        var samples = result.Samples.SkipWhile(sample => sample.Seconds < result.Duration.TotalSeconds * WarmUp).ToList();
        var lines = Series.Select(series => Line(series.Name, Slope.Of(samples, series.Value), samples.Select(series.Value).ToList()));
        var tally = result.Tally;
        var isWhole = tally.Lost == 0 && tally.Failed == 0 && result.Unexpected == 0 && result.Visits == result.Visitors && result.AtEnd is { Waiting: 0, Dead: 0 };
        return string.Create(CultureInfo.InvariantCulture, $"""
            # A host at {100 * result.PerSecond / result.Capacity:F0} % of its capacity

            {result.Duration.TotalMinutes:0.#} minutes at {result.PerSecond:F1} of the {result.Capacity:F1} messages a second that the host answers at most: messages of a channel, and each second somebody who opens the chat, asks over a WebSocket and leaves. The host is the whole host with its inbox on SQLite and {settings.Processors} processor(s), but for the model, which writes {settings.AtOnce} replies at a time in {settings.ReplyMilliseconds} ms each, so that other work on the machine does not change its speed. It used {100 * result.Processor / result.Duration:F0} % of a processor. A look each 5 s; the first sixth is left out of the slopes. Flat is what grows by no more than twice the slope's standard error, or by less than a twentieth of its mean over the run.

            | | mean | least to most | growth an hour | standard error | flat |
            | --- | --- | --- | --- | --- | --- |
            {string.Join('\n', lines)}

            | | |
            | --- | --- |
            | messages of the channel | {result.Sent} |
            | answered | {tally.Answered}, half within {Percentile.Of(tally.AnsweredAfter, 0.5):F0} ms, 99 of 100 within {Percentile.Of(tally.AnsweredAfter, 0.99):F0} ms |
            | refused or told that the bot is busy | {tally.Refused + tally.ToldBusy} |
            | never answered, failed | {tally.Lost}, {tally.Failed} |
            | second replies | {result.Unexpected} |
            | visitors, with an answer | {result.Visitors}, {result.Visits} |
            | in the inbox at the end, dead letters | {result.AtEnd.Waiting}, {result.AtEnd.Dead} |
            | each message answered once | {(isWhole ? "yes" : "no")} |

            """);
    }

    private static string Line(string name, Slope slope, List<double> values) => string.Create(
        CultureInfo.InvariantCulture, $"| {name} | {slope.Mean:F1} | {values.Min():F1} to {values.Max():F1} | {slope.PerHour:F2} | {slope.Error:F2} | {(slope.IsFlat ? "yes" : "no")} |");
}
