using System.CommandLine;
using OnnxChat.Messages.Bots;
using OnnxChat.Messages.Measuring;
using OnnxChat.Messages.Servers;

namespace OnnxChat.Messages;

/// <summary>The program's command line.</summary>
internal static class MessagesCommand
{
    private const string ReportFile = "MESSAGES.md";

    public static RootCommand Create()
    {
        var packages = new Option<DirectoryInfo>("--packages")
        {
            Description = "The folder in which this was run: npm install botbuilder@4.23.3 express@4",
            Required = true,
        };
        var rounds = new Option<int>("--rounds") { Description = "Rounds to measure, 1 or more.", DefaultValueFactory = _ => 5 };
        var seconds = new Option<int>("--seconds") { Description = "Seconds for each bot in a round, 1 or more.", DefaultValueFactory = _ => 5 };
        var output = new Option<DirectoryInfo>("--output") { Description = $"Where {ReportFile} goes.", DefaultValueFactory = _ => new DirectoryInfo(".") };
        var command = new RootCommand("Measures messages a second through the whole reply path beside the JavaScript SDK's echo bot, in turn and in one run. Needs wrk and Node.js.")
        {
            packages, rounds, seconds, output,
        };
        command.SetAction((parsed, cancellationToken) => MeasureAsync(
            parsed.GetRequiredValue(packages).FullName,
            parsed.GetValue(rounds),
            TimeSpan.FromSeconds(parsed.GetValue(seconds)),
            parsed.GetRequiredValue(output).FullName,
            cancellationToken));
        return command;
    }

    private static async Task<int> MeasureAsync(string packages, int rounds, TimeSpan duration, string output, CancellationToken cancellationToken)
    {
        await using var services = await ChannelServices.StartAsync();
        await using var ours = await BotProcess.StartHostAsync(services, cancellationToken);
        await using var theirs = await BotProcess.StartEchoAsync(services, packages, cancellationToken);
        var comparison = new Comparison(services, Console.Error.WriteLine);
        var report = new Report(await comparison.RunAsync(ours, theirs, rounds, duration, cancellationToken), duration).Write();
        Directory.CreateDirectory(output);
        await File.WriteAllTextAsync(Path.Combine(output, ReportFile), report, cancellationToken);
        await Console.Out.WriteLineAsync(report);
        return 0;
    }
}
