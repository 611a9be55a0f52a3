using System.CommandLine;
using OnnxChat.Messages.Bots;
using OnnxChat.Messages.Measuring;
using OnnxChat.Messages.Servers;

namespace OnnxChat.Messages;

/// <summary>The program's command line.</summary>
internal static class MessagesCommand
{
    private const string ReportFile = "MESSAGES.md";
    private const string StoresFile = "STORES.md";

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
            packages, rounds, seconds, output, Stores(),
        };
        command.SetAction((parsed, cancellationToken) => MeasureAsync(
            parsed.GetRequiredValue(packages).FullName,
            parsed.GetValue(rounds),
            TimeSpan.FromSeconds(parsed.GetValue(seconds)),
            parsed.GetRequiredValue(output).FullName,
            cancellationToken));
        return command;
    }

    private static Command Stores()
    {
        var rounds = new Option<int>("--rounds") { Description = "Rounds to measure, 1 or more.", DefaultValueFactory = _ => 5 };
        var seconds = new Option<int>("--seconds") { Description = "Seconds for each host in a round, 1 or more.", DefaultValueFactory = _ => 5 };
        var processors = new Option<int>("--processors") { Description = "Processors that a host's runtime takes for its own; 0 for all.", DefaultValueFactory = _ => 1 };
        var output = new Option<DirectoryInfo>("--output") { Description = $"Where {StoresFile} goes.", DefaultValueFactory = _ => new DirectoryInfo(".") };
        var command = new Command("stores", "Measures messages a second with the inbox in a file beside none, in turn and in one run. Needs wrk.") { rounds, seconds, processors, output };
        command.SetAction((parsed, cancellationToken) => MeasureStoresAsync(
            parsed.GetValue(rounds), TimeSpan.FromSeconds(parsed.GetValue(seconds)), parsed.GetValue(processors), parsed.GetRequiredValue(output).FullName, cancellationToken));
        return command;
    }

    private static async Task<int> MeasureStoresAsync(int rounds, TimeSpan duration, int processors, string output, CancellationToken cancellationToken)
    {
        await using var services = await ChannelServices.StartAsync();
        await using var kept = await BotProcess.StartHostAsync(services, "Sqlite", processors, cancellationToken);
        await using var unkept = await BotProcess.StartHostAsync(services, "None", processors, cancellationToken);
        var comparison = new Comparison(services, Console.Error.WriteLine);
        var report = new StoresReport(await comparison.RunAsync(kept, unkept, rounds, duration, cancellationToken), duration, processors).Write();
        Directory.CreateDirectory(output);
        await File.WriteAllTextAsync(Path.Combine(output, StoresFile), report, cancellationToken);
        await Console.Out.WriteLineAsync(report);
        return 0;
    }

    private static async Task<int> MeasureAsync(string packages, int rounds, TimeSpan duration, string output, CancellationToken cancellationToken)
    {
        await using var services = await ChannelServices.StartAsync();
        await using var ours = await BotProcess.StartHostAsync(services, "None", processors: 0, cancellationToken);
        await using var theirs = await BotProcess.StartEchoAsync(services, packages, cancellationToken);
        var comparison = new Comparison(services, Console.Error.WriteLine);
        var report = new Report(await comparison.RunAsync(ours, theirs, rounds, duration, cancellationToken), duration).Write();
        Directory.CreateDirectory(output);
        await File.WriteAllTextAsync(Path.Combine(output, ReportFile), report, cancellationToken);
        await Console.Out.WriteLineAsync(report);
        return 0;
    }
}
