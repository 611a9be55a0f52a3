using System.Globalization;
using OnnxChat.Messages.Bots;
using OnnxChat.Messages.Servers;

namespace OnnxChat.Messages.Measuring;

/// <summary>Lets the bots take turns, another one first each time.</summary>
internal sealed class Comparison(ChannelServices services, Action<string> progress)
{
    // Both compile what they run often, and ours in several steps; that is not what is measured.
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(20);

    public async Task<List<Round>> RunAsync(BotProcess ours, BotProcess theirs, int rounds, TimeSpan duration, CancellationToken cancellationToken)
    {
        await LoadRun.RunAsync(ours, services, WarmUp, "warm", cancellationToken);
        await LoadRun.RunAsync(theirs, services, WarmUp, "warm", cancellationToken);
        List<Round> results = [];
        for (var i = 0; i < rounds; i++)
        {
            var name = i.ToString(CultureInfo.InvariantCulture);
            var first = await LoadRun.RunAsync(i % 2 == 0 ? ours : theirs, services, duration, name, cancellationToken);
            var second = await LoadRun.RunAsync(i % 2 == 0 ? theirs : ours, services, duration, name, cancellationToken);
            results.Add(i % 2 == 0 ? new Round(first, second) : new Round(second, first));
            progress($"round {i + 1} of {rounds}: {results[^1].Ours.PerSecond:F0} against {results[^1].Theirs.PerSecond:F0} messages a second");
        }

        return results;
    }
}
