using System.Globalization;

namespace OnnxChat.Load.Measuring;

/// <summary>An overload as Markdown.</summary>
internal sealed class OverloadReport(OverloadResult result, OverloadOptions options, HostSettings settings)
{
    private const double WarmUp = 1 / 6.0;
    private const double FullSpeed = 0.95;
    private const double AtOnceMilliseconds = 1000;

    public string Write()
    {
        var (storm, calm) = (result.Storm, result.Calm);
        var samples = result.Samples.SkipWhile(sample => sample.Seconds < options.Duration.TotalSeconds * WarmUp).ToList();
        var memory = Slope.Of(samples, sample => sample.ResidentMegabytes);
        var (answered, told) = (Percentile.Of(storm.AnsweredAfter, 0.99), Percentile.Of(storm.ToldAfter, 0.99));
        // Until the backlog is gone, the model has work for all its places.
        var wanted = Math.Min(result.Capacity, result.Offered);
        var isWhole = storm.Lost + calm.Lost + storm.Failed + calm.Failed + result.Unexpected == 0 && result.AtEnd is { Waiting: 0, Dead: 0 };
        return string.Create(CultureInfo.InvariantCulture, $"""
            # {options.Factor:F0} times what the host can answer

            {options.Duration.TotalMinutes:0.#} minutes of messages of a channel at {options.Factor:F0} times the {result.Capacity:F1} a second that the host answers at most, each of a customer of its own who waits for nobody; then {result.Offered:F1} a second. The host is the whole host with its inbox on SQLite, {settings.Processors} processor(s), `Deadline` {options.Deadline.TotalSeconds:F0} s, `MaxExpectedWait` half of it and `WhenBusy` {options.WhenBusy}, but for the model, which writes {settings.AtOnce} replies at a time in {settings.ReplyMilliseconds} ms each.

            | | asked | measured | met |
            | --- | --- | --- | --- |
            | 99 of 100 answers come within | {options.Deadline.TotalSeconds:F1} s | {answered / 1000:F1} s | {Met(storm.Answered > 0 && answered <= options.Deadline.TotalMilliseconds)} |
            | the others know that they get none within, 99 of 100 | {AtOnceMilliseconds / 1000:F1} s | {told / 1000:F2} s | {Met(told <= AtOnceMilliseconds)} |
            | refusals that do not say when to come again | 0 | {storm.RefusedWithoutTime} | {Met(storm.RefusedWithoutTime == 0)} |
            | answers a second during the overload | {FullSpeed * result.Capacity:F1} | {result.During:F1} | {Met(result.During >= FullSpeed * result.Capacity)} |
            | resident memory, MB an hour | flat | {memory.PerHour:F1} ± {memory.Error:F1} at {memory.Mean:F0} MB | {Met(memory.IsFlat)} |
            | answers a second from 5 s afterwards on | {FullSpeed * wanted:F1} | {result.After:F1} | {Met(result.After >= FullSpeed * wanted)} |
            | messages refused from 5 s afterwards on | 0 | {calm.Refused + calm.ToldBusy} | {Met(calm.Refused + calm.ToldBusy == 0)} |
            | each accepted message is answered once, and the inbox is empty at the end | yes | {Met(isWhole)} | {Met(isWhole)} |

            | | |
            | --- | --- |
            | messages | {result.Sent} |
            | answered | {storm.Answered}, half within {Percentile.Of(storm.AnsweredAfter, 0.5) / 1000:F1} s |
            | refused | {storm.Refused} |
            | told by the bot that it is busy | {storm.ToldBusy} |
            | never answered, failed, second replies, dead letters | {storm.Lost + calm.Lost}, {storm.Failed + calm.Failed}, {result.Unexpected}, {result.AtEnd.Dead} |
            | turns in the inbox, least to most | {samples.Min(sample => sample.Waiting)} to {samples.Max(sample => sample.Waiting)} |
            | managed heap, MB | {samples.Min(sample => sample.HeapMegabytes):F0} to {samples.Max(sample => sample.HeapMegabytes):F0} |
            | handles, threads at most | {samples.Max(sample => sample.Handles)}, {samples.Max(sample => sample.Threads)} |

            """);
    }

    private static string Met(bool isMet) => isMet ? "yes" : "no";
}
