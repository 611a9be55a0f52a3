using System.CommandLine;
using System.Globalization;
using OnnxChat.Fuzzing.Running;

namespace OnnxChat.Fuzzing;

/// <summary>The command line.</summary>
internal static class FuzzCommand
{
    private const int Clean = 0;
    private const int Found = 1;

    private static readonly TimeSpan Endless = TimeSpan.FromDays(365);

    public static RootCommand Create(TimeProvider time)
    {
        var targets = new Option<string[]>("--target") { Description = "Only these targets; all of them where none is named.", DefaultValueFactory = _ => [] };
        targets.AcceptOnlyFromAmong([.. FuzzTargets.Names]);
        var executions = new Option<long?>("--executions") { Description = "Inputs a target. Without this and --minutes: 100,000." };
        var minutes = new Option<double?>("--minutes") { Description = "Minutes a target." };
        var hang = new Option<double>("--hang") { Description = "Seconds after which an input hangs.", DefaultValueFactory = _ => 10 };
        var seed = new Option<int?>("--seed") { Description = "The same one makes the same inputs; a new one where none is given." };
        var findings = new Option<DirectoryInfo>("--findings") { Description = "Where findings are written.", DefaultValueFactory = _ => new DirectoryInfo("artifacts/fuzz") };
        var command = new RootCommand("Looks for inputs that the readers of this house do not stand.") { targets, executions, minutes, hang, seed, findings };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var folder = parsed.GetValue(findings)!;
            var budget = new FuzzBudget(
                parsed.GetValue(executions) ?? (parsed.GetValue(minutes) is null ? 100_000 : long.MaxValue),
                parsed.GetValue(minutes) is { } given ? TimeSpan.FromMinutes(given) : Endless,
                TimeSpan.FromSeconds(parsed.GetValue(hang)),
                parsed.GetValue(seed) ?? Environment.TickCount);
            var names = parsed.GetValue(targets) is { Length: > 0 } chosen ? chosen : [.. FuzzTargets.Names];
            var found = 0;
            foreach (var name in names)
                found += await RunAsync(name, budget, folder.FullName, time, cancellationToken);
            return found == 0 ? Clean : Found;
        });

        var name = new Argument<string>("target") { Description = "A target." };
        var file = new Argument<FileInfo>("input") { Description = "A file with one input." };
        var replay = new Command("replay", "Gives a target one input.") { name, file };
        replay.SetAction(async (parsed, _) =>
        {
            await using var target = FuzzTargets.Create(parsed.GetRequiredValue(name));
            Console.WriteLine(await target.RunAsync(await File.ReadAllBytesAsync(parsed.GetRequiredValue(file).FullName, CancellationToken.None)));
            return Clean;
        });
        command.Subcommands.Add(replay);

        var output = new Argument<DirectoryInfo>("folder") { Description = "Where they are written." };
        var inputs = new Command("inputs", "Writes the seeds of a target as files, and its words as a dictionary, for AFL++.") { name, output };
        inputs.SetAction(async (parsed, _) =>
        {
            await using var target = FuzzTargets.Create(parsed.GetRequiredValue(name));
            await AflInputs.WriteAsync(target, parsed.GetRequiredValue(output).FullName);
            return Clean;
        });
        command.Subcommands.Add(inputs);

        var list = new Command("targets", "Names the targets.");
        list.SetAction(_ => Console.WriteLine(string.Join('\n', FuzzTargets.Names)));
        command.Subcommands.Add(list);

        var recover = new Command("recover", "Keeps the inputs that ended a process before.") { findings };
        recover.SetAction(parsed => Recover(parsed.GetValue(findings)!.FullName));
        command.Subcommands.Add(recover);

        var afl = new Command("afl", "Serves a target to afl-fuzz, which starts this.") { name };
        afl.SetAction(async (parsed, _) =>
        {
            await using var target = FuzzTargets.Create(parsed.GetRequiredValue(name));
            AflServer.Run(target);
            return Clean;
        });
        command.Subcommands.Add(afl);
        return command;
    }

    private static async Task<int> RunAsync(string name, FuzzBudget budget, string path, TimeProvider time, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(path);
        var folder = new FindingFolder(path);
        using var last = new LastInput(LastPath(path, name));
        await using var target = FuzzTargets.Create(name);
        var result = await new FuzzRunner(target, budget, time).RunAsync(Tell, last, cancellationToken);
        last.Clear();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name}: {result.Executions:n0} executions in {result.Elapsed.TotalSeconds:0.0} s ({result.Executions / Math.Max(0.001, result.Elapsed.TotalSeconds):n0}/s), {result.Refused:n0} refused in {result.Shapes} ways, {result.Findings.Count} findings; seed {budget.Seed}"));
        return result.Findings.Count;

        void Tell(Finding finding) => Keep(folder, finding);
    }

    private static int Recover(string path)
    {
        var folder = new FindingFolder(path);
        foreach (var name in FuzzTargets.Names.Where(name => File.Exists(LastPath(path, name))))
        {
            using var last = new LastInput(LastPath(path, name));
            if (last.Read() is { } input)
                Keep(folder, new Finding(name, input, "crash", "The process ended within this input, mostly because a stack overflowed; 'replay' shows it."));
            last.Clear();
        }

        return Found;
    }

    private static string LastPath(string path, string name) => Path.Combine(path, $"{name}.last");

    private static void Keep(FindingFolder folder, Finding finding) => Console.WriteLine($"{finding.Target}: {finding.Kind}, kept as {folder.Add(finding)}\n{string.Join('\n', finding.Detail.Split('\n').Take(8))}");
}
