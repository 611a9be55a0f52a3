using System.Globalization;
using OnnxChat.Streaming.Sources;

namespace OnnxChat.Streaming.Measuring;

/// <summary>Lets connector and endpoint take turns, another one first each time.</summary>
internal sealed class Comparison(StarterHost host, int replies, Action<string> progress)
{
    // What runs often is compiled in several steps; that is not what is measured.
    private const int WarmUpReplies = 60;

    public async Task<Dictionary<Arrival, List<Round>>> RunAsync(int rounds, CancellationToken cancellationToken)
    {
        var results = Enum.GetValues<Arrival>().ToDictionary(arrival => arrival, _ => new List<Round>());
        foreach (var arrival in results.Keys)
        {
            await Load.RunAsync(host.Connector, arrival, WarmUpReplies, cancellationToken);
            await Load.RunAsync(host.Endpoint, arrival, WarmUpReplies, cancellationToken);
        }

        for (var i = 0; i < rounds; i++)
        {
            foreach (var (arrival, measured) in results)
            {
                var first = await Load.RunAsync(i % 2 == 0 ? host.Connector : host.Endpoint, arrival, replies, cancellationToken);
                var second = await Load.RunAsync(i % 2 == 0 ? host.Endpoint : host.Connector, arrival, replies, cancellationToken);
                measured.Add(i % 2 == 0 ? new Round(first, second) : new Round(second, first));
                progress(string.Create(CultureInfo.InvariantCulture, $"round {i + 1} of {rounds}, {arrival}: {measured[^1].FirstRatio(50):F2}"));
            }
        }

        return results;
    }
}
