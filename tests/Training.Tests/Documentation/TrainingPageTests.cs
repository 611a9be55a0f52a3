using System.CommandLine;
using System.Text.RegularExpressions;
using OnnxChat.ModelTools.CommandLine;
using OnnxChat.Testing;
using OnnxChat.Training.Expand;
using OnnxChat.Training.Prepare;
using OnnxChat.Training.Tests.Fixtures;

namespace OnnxChat.Training.Tests.Documentation;

public sealed partial class TrainingPageTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "training.md"));

    [Fact]
    public async Task Page_CommandsOfExpandAndPrepare_Run()
    {
        using var folder = new PrepareFolder().With("conversations.csv", "user,assistant", "hi,Hello.", "bye,Bye.");
        var commands = Commands().Matches(Page).Select(match => match.Groups["command"].Value).ToList();
        Assert.Equal(["expand", "prepare", "prepare"], commands.Select(command => command.Split(' ')[0]));

        // What a reader has in the folder is here in a temporary one; "expand" comes before what takes its samples.
        foreach (var command in commands)
        {
            var args = Arguments().Matches(command).Select(match => match.Value.Trim('"') switch
            {
                "data/starter" => Path.Combine(Repository.Root, "data", "starter"),
                "conversations.csv" or "samples.jsonl" or "prepared" => folder[match.Value],
                var other => other,
            });

            var run = await TrainRun.StartAsync([.. args, "--replace"]);

            Assert.True(run.ExitCode == ExitCodes.Fine, $"{command}\n{run.Error}");
        }
    }

    [Theory]
    [InlineData("## Expand", "## Prepare")]
    [InlineData("## Prepare", "### Errors of expand")]
    public void Page_EveryOption_HasALine(string from, string to)
    {
        var terminal = new Terminal(TextReader.Null, TextWriter.Null, TextWriter.Null);
        var command = from == "## Expand" ? ExpandCommand.Create(terminal) : PrepareCommand.Create(terminal);
        var section = Page[Page.IndexOf(from, StringComparison.Ordinal)..Page.IndexOf(to, StringComparison.Ordinal)];

        Assert.All(command.Options, option => Assert.Matches($@"\| `{option.Name}[ `]", section));
        Assert.Equal(command.Options.Count, Regex.Count(section, @"^\| `--", RegexOptions.Multiline));
    }

    [GeneratedRegex("^onnxchat-train (?<command>(?:expand|prepare) .*)$", RegexOptions.Multiline)]
    private static partial Regex Commands();

    [GeneratedRegex("\"[^\"]*\"|\\S+")]
    private static partial Regex Arguments();
}
