using System.CommandLine;
using OnnxChat.ModelTools;
using OnnxChat.ModelTools.CommandLine;
using OnnxChat.Training.Samples;

namespace OnnxChat.Training.Expand;

/// <summary><c>onnxchat-train expand</c>: files of patterns become samples.</summary>
internal static class ExpandCommand
{
    public static Command Create(Terminal terminal)
    {
        var folder = new Argument<string>("FOLDER") { Description = "Folder with one folder of pattern files a language, such as data/starter." };
        var output = new Option<string>("--output") { Description = "File of samples to write, one JSON object a line.", HelpName = "FILE", Required = true };
        var variants = new Option<int>("--variants") { Description = "The most samples of a pattern: its plain form, and others at random.", HelpName = "N", DefaultValueFactory = _ => 4 };
        variants.Validators.Add(result => Require(result.GetValueOrDefault<int>() >= 1, result, "--variants must be 1 or more."));
        var answers = new Option<string>("--answers") { Description = "first: every topic is answered in its first wording, which a model learns more sharply. all: in any of them.", DefaultValueFactory = _ => "first" };
        answers.AcceptOnlyFromAmong("first", "all");
        var wrapped = new Option<double>("--wrapped") { Description = "How many of the further variants stand within a wrapper of wrappers.txt, from 0 to 1.", HelpName = "SHARE", DefaultValueFactory = _ => 0.3 };
        wrapped.Validators.Add(result => Require(result.GetValueOrDefault<double>() is >= 0 and <= 1, result, "--wrapped must be from 0 to 1."));
        var seed = new Option<int>("--seed") { Description = "What chance begins with; the same seed gives the same samples.", HelpName = "N", DefaultValueFactory = _ => 1 };
        var replace = new Option<bool>("--replace") { Description = "Replace the output file if it exists." };
        var json = new Option<bool>("--json") { Description = "Say what was made as one JSON object on standard output." };

        var command = new Command("expand", """
            Makes training samples of pattern files (data/starter/README.md has their format).

            Example:
              onnxchat-train expand data/starter --output samples.jsonl
            """)
        {
            folder, output, variants, answers, wrapped, seed, replace, json,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var request = new ExpandRequest(
                parsed.GetRequiredValue(folder),
                parsed.GetValue(variants),
                parsed.GetValue(answers) == "all",
                parsed.GetValue(wrapped),
                parsed.GetValue(seed));
            var summary = await Task.Run(
                () => Run(request, parsed.GetRequiredValue(output), parsed.GetValue(replace), cancellationToken), CancellationToken.None).ConfigureAwait(false);
            await summary.WriteAsync(terminal.Output, parsed.GetValue(json)).ConfigureAwait(false);
            return ExitCodes.Fine;
        });
        return command;
    }

    private static ExpandSummary Run(ExpandRequest request, string output, bool replace, CancellationToken cancellationToken)
    {
        if (File.Exists(output) && !replace)
            throw new UserException($"{output} exists. Give --replace to write it anew, or another --output.");
        var languages = PatternLanguage.ReadAll(request.Folder);
        var expander = new Expander(request);
        var counts = new List<ExpandedLanguage>();
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(output))!);
        WholeFile.Write(output, partial => SampleJson.WriteFile(partial, languages.SelectMany(language =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            List<Sample> samples = [.. expander.Expand(language)];
            counts.Add(ExpandedLanguage.Of(language, samples));
            return samples;
        })));
        return new ExpandSummary(output, counts);
    }

    private static void Require(bool condition, System.CommandLine.Parsing.OptionResult result, string message)
    {
        if (!condition)
            result.AddError(message);
    }
}
