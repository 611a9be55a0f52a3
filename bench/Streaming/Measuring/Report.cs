using System.Globalization;
using OnnxChat.Streaming.Sources;

namespace OnnxChat.Streaming.Measuring;

/// <summary>What was measured, as Markdown.</summary>
internal sealed class Report(IReadOnlyDictionary<Arrival, List<Round>> results, int replies)
{
    public const double Asked = 1.2;

    private const double Median = 50;
    private const double Late = 95;

    private static readonly Dictionary<Arrival, string> Names = new() { [Arrival.EachByItself] = "each by itself", [Arrival.AllAtOnce] = "all at once" };

    public string Write()
    {
        var rounds = results.Values.First().Count;
        return $"""
            # The first byte of a stream

            {Load.Streams} streams ask the starter model, {replies} questions each in a round, greedily: through `/v1/chat/completions` of the bot host on its real server over loopback, and through the connector in the same process. Who asks is in that process too. "Each by itself": a stream asks on as soon as its reply has ended. "All at once": all ask when the last reply has ended. Medians of {rounds} rounds in which the two took turns; a ratio is taken within a round.

            | first byte, times the connector's first text | asked | measured | rounds | met |
            | --- | --- | --- | --- | --- |
            {Lines(Requirement)}

            | streams begin | asked through | first p50, ms | first p95, ms | whole p50, ms |
            | --- | --- | --- | --- | --- |
            {Lines(Speeds)}

            """;
    }

    private string Lines(Func<Arrival, List<Round>, IEnumerable<string>> of) => string.Join('\n', results.SelectMany(result => of(result.Key, result.Value)));

    private static IEnumerable<string> Requirement(Arrival arrival, List<Round> rounds)
    {
        var ratios = rounds.Select(round => round.FirstRatio(Median)).Order().ToList();
        var ratio = MedianOf(ratios);
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"| {Names[arrival]} | at most {Asked:F1} | {ratio:F2} | {ratios[0]:F2} to {ratios[^1]:F2} | {(ratio <= Asked ? "yes" : "no")} |");
    }

    private static IEnumerable<string> Speeds(Arrival arrival, List<Round> rounds)
    {
        yield return Speed("the connector", round => round.Connector);
        yield return Speed("`/v1/chat/completions`", round => round.Endpoint);

        string Speed(string name, Func<Round, IReadOnlyCollection<ReplyTiming>> of) => string.Create(
            CultureInfo.InvariantCulture,
            $"| {Names[arrival]} | {name} | {Of(of, t => t.First, Median):F1} | {Of(of, t => t.First, Late):F1} | {Of(of, t => t.Whole, Median):F1} |");

        double Of(Func<Round, IReadOnlyCollection<ReplyTiming>> of, Func<ReplyTiming, TimeSpan> part, double percent) =>
            MedianOf(rounds.Select(round => Round.Milliseconds(of(round), part, percent)));
    }

    private static double MedianOf(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted[sorted.Length / 2];
    }
}
