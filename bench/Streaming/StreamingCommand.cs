using System.CommandLine;
using OnnxChat.Streaming.Measuring;
using OnnxChat.Streaming.Sources;

namespace OnnxChat.Streaming;

/// <summary>The program's command line.</summary>
internal static class StreamingCommand
{
    private const string ReportFile = "STREAMING.md";

    public static RootCommand Create()
    {
        var rounds = new Option<int>("--rounds") { Description = "Rounds to measure, 1 or more.", DefaultValueFactory = _ => 9 };
        var replies = new Option<int>("--replies") { Description = "Replies of each stream in a round, 1 or more.", DefaultValueFactory = _ => 20 };
        var output = new Option<DirectoryInfo>("--output") { Description = $"Where {ReportFile} goes.", DefaultValueFactory = _ => new DirectoryInfo(".") };
        var command = new RootCommand("Measures how long the first byte of /v1/chat/completions takes beside the connector's own first text, in turn and in one run.") { rounds, replies, output };
        command.SetAction((parsed, cancellationToken) => MeasureAsync(
            parsed.GetValue(rounds), parsed.GetValue(replies), parsed.GetRequiredValue(output).FullName, cancellationToken));
        return command;
    }

    private static async Task<int> MeasureAsync(int rounds, int replies, string output, CancellationToken cancellationToken)
    {
        await using var host = await StarterHost.StartAsync(cancellationToken);
        var results = await new Comparison(host, replies, Console.Error.WriteLine).RunAsync(rounds, cancellationToken);
        var report = new Report(results, replies).Write();
        Directory.CreateDirectory(output);
        await File.WriteAllTextAsync(Path.Combine(output, ReportFile), report, cancellationToken);
        await Console.Out.WriteLineAsync(report);
        return 0;
    }
}
