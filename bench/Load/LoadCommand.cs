using System.CommandLine;
using OnnxChat.Load.Measuring;

namespace OnnxChat.Load;

/// <summary>The program's command line.</summary>
internal static class LoadCommand
{
    private static readonly Option<double> Minutes = new("--minutes") { Description = "How long, more than 0." };
    private static readonly Option<int> AtOnce = new("--at-once") { Description = "Replies that the model writes at a time, 1 or more.", DefaultValueFactory = _ => 8 };
    private static readonly Option<int> Reply = new("--reply") { Description = "Milliseconds that it writes at one, 1 or more.", DefaultValueFactory = _ => 100 };
    private static readonly Option<int> Processors = new("--processors") { Description = "Processors that the host's runtime takes for its own, 1 or more.", DefaultValueFactory = _ => 1 };
    private static readonly Option<DirectoryInfo> Output = new("--output") { Description = "Where the report goes.", DefaultValueFactory = _ => new DirectoryInfo(".") };

    public static RootCommand Create() => new("Drives the host with more messages than it can answer, or for a long time, and reports what became of them and of the host. Linux only: it reads /proc.") { Overload(), Soak() };

    private static Command Overload()
    {
        var factor = new Option<double>("--factor") { Description = "Times the capacity that are offered, more than 1.", DefaultValueFactory = _ => 10 };
        var deadline = new Option<double>("--deadline") { Description = "Seconds that the host has for an answer, 10 or more.", DefaultValueFactory = _ => 30 };
        var policy = new Option<string>("--when-busy") { Description = "The host's policy: Refuse or Reply.", DefaultValueFactory = _ => "Refuse" };
        var command = new Command("overload", "Offers many times the capacity, and then what can be answered.") { factor, deadline, policy, Minutes, AtOnce, Reply, Processors, Output };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var settings = Settings(parsed);
            var options = new OverloadOptions(parsed.GetValue(factor), Duration(parsed, 5), TimeSpan.FromSeconds(parsed.GetValue(deadline)), parsed.GetRequiredValue(policy));
            var result = await new OverloadRun(settings, options, Console.Error.WriteLine).RunAsync(cancellationToken);
            await WriteAsync(parsed, "OVERLOAD.md", new OverloadReport(result, options, settings).Write(), cancellationToken);
        });
        return command;
    }

    private static Command Soak()
    {
        var share = new Option<double>("--share") { Description = "The share of the capacity that is offered, between 0 and 1.", DefaultValueFactory = _ => 0.7 };
        var command = new Command("soak", "Offers a share of the capacity for a long time and fits lines through memory, handles, threads and inbox.") { share, Minutes, AtOnce, Reply, Processors, Output };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var settings = Settings(parsed);
            var result = await new SoakRun(settings, parsed.GetValue(share), Duration(parsed, 30), Console.Error.WriteLine).RunAsync(cancellationToken);
            await WriteAsync(parsed, "SOAK.md", new SoakReport(result, settings).Write(), cancellationToken);
        });
        return command;
    }

    private static HostSettings Settings(ParseResult parsed) => new(parsed.GetValue(AtOnce), parsed.GetValue(Reply), parsed.GetValue(Processors));

    private static TimeSpan Duration(ParseResult parsed, double standard) => TimeSpan.FromMinutes(parsed.GetValue(Minutes) is > 0 and var minutes ? minutes : standard);

    private static async Task WriteAsync(ParseResult parsed, string file, string report, CancellationToken cancellationToken)
    {
        var folder = parsed.GetRequiredValue(Output).FullName;
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, file), report, cancellationToken);
        await Console.Out.WriteLineAsync(report);
    }
}
