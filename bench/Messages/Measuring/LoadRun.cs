using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using OnnxChat.Messages.Bots;
using OnnxChat.Messages.Servers;

namespace OnnxChat.Messages.Measuring;

/// <summary>One run of wrk against a bot.</summary>
/// <param name="PerSecond">Messages answered a second, until the last reply has come.</param>
/// <param name="MedianMilliseconds">Half of them were answered sooner.</param>
/// <param name="P99Milliseconds">99 of 100 were answered sooner.</param>
/// <param name="ProcessorMilliseconds">Processor time of the bot for one message.</param>
internal sealed partial record LoadRun(double PerSecond, double MedianMilliseconds, double P99Milliseconds, double ProcessorMilliseconds)
{
    private const int Threads = 1;
    private const int Connections = 16;

    private static readonly TimeSpan LongestDrain = TimeSpan.FromMinutes(1);

    /// <exception cref="InvalidOperationException">A message was refused, or had no reply: then nothing was measured.</exception>
    public static async Task<LoadRun> RunAsync(BotProcess bot, ChannelServices services, TimeSpan duration, string name, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("wrk",
        [
            "-t", Threads.ToString(CultureInfo.InvariantCulture), "-c", Connections.ToString(CultureInfo.InvariantCulture), "-d", $"{duration.TotalSeconds:F0}s", "--latency", "--timeout", "30s",
            "-s", Path.Combine(AppContext.BaseDirectory, "Measuring", "messages.lua"), new Uri(bot.Address, "/api/messages").ToString(),
        ])
        {
            RedirectStandardOutput = true,
        };
        start.Environment["BENCH_TOKEN"] = services.MakeToken();
        start.Environment["BENCH_SERVICE"] = services.Url;
        start.Environment["BENCH_RUN"] = name;
        var (replies, processor) = (services.Replies, bot.ProcessorTime);
        using var wrk = Process.Start(start) ?? throw new InvalidOperationException("wrk did not start.");
        var output = await wrk.StandardOutput.ReadToEndAsync(cancellationToken);
        await wrk.WaitForExitAsync(cancellationToken);
        var requests = long.Parse(Requests().Match(output).Groups[1].Value, CultureInfo.InvariantCulture);
        var seconds = Milliseconds(Requests().Match(output), group: 2) / 1000;
        // A bot that keeps messages answers some of them after it has said that it has them.
        var late = await services.WaitForRepliesAsync(replies + requests, LongestDrain, cancellationToken);
        if (Refused().IsMatch(output) || services.Replies - replies < requests)
            throw new InvalidOperationException($"{bot.Name} gave {services.Replies - replies} replies to {requests} messages:\n{output}");
        return new LoadRun(
            requests / (seconds + late.TotalSeconds),
            Milliseconds(Median().Match(output)),
            Milliseconds(P99().Match(output)),
            (bot.ProcessorTime - processor).TotalMilliseconds / requests);
    }

    private static double Milliseconds(Match match, int group = 1) => double.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture) * match.Groups[group + 1].Value switch
    {
        "us" => 0.001,
        "ms" => 1,
        "m" => 60_000,
        _ => 1000,
    };

    [GeneratedRegex(@"(\d+) requests in ([\d.]+)(ms|s|m)")]
    private static partial Regex Requests();

    [GeneratedRegex(@"50%\s+([\d.]+)(us|ms|s)")]
    private static partial Regex Median();

    [GeneratedRegex(@"99%\s+([\d.]+)(us|ms|s)")]
    private static partial Regex P99();

    [GeneratedRegex(@"Non-2xx|Socket errors")]
    private static partial Regex Refused();
}
