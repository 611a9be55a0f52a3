using System.Globalization;
using Spectre.Console;

namespace OnnxChat.ModelTools.Bench;

/// <summary>Writes figures as a table; in colour on a terminal only.</summary>
internal static class BenchText
{
    // What is no terminal has no width of its own.
    private const int WidthElsewhere = 120;
    private const double Mebi = 1 << 20;

    public static async Task WriteAsync(BenchResult result, TextWriter output)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
        if (!console.Profile.Out.IsTerminal)
            console.Profile.Width = WidthElsewhere;

        var table = new Table();
        table.AddColumns("at once", "requests", "tokens/s", "first token p50", "p99", "memory", "of bandwidth");
        foreach (var column in table.Columns)
            column.RightAligned();
        foreach (var level in result.Levels)
        {
            table.AddRow(
                Text($"{level.Concurrency}"),
                Text($"{level.Requests}"),
                Text($"{level.TokensPerSecond:0.0}"),
                Text($"{1000 * level.FirstTokenSecondsP50:0.0} ms"),
                Text($"{1000 * level.FirstTokenSecondsP99:0.0} ms"),
                Text($"{level.MemoryBytes / Mebi:0} MiB"),
                Text($"{100 * level.BandwidthShare:0} %"));
        }

        console.Write(table);
        await output.WriteLineAsync(Text($"{result.Model}: {result.WeightsBytes / Mebi:0.0} MiB of weights, {result.Threads} threads, {result.Workers} workers, replies of at most {result.MaxTokens} tokens; memory reads {result.MemoryBandwidth / 1e9:0.0} GB/s.")).ConfigureAwait(false);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
