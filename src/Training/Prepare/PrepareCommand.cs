using System.CommandLine;
using System.CommandLine.Parsing;
using OnnxChat.ModelTools.CommandLine;
using OnnxChat.Training.Prepare.Reading;
using OnnxChat.Training.Privacy;
using OnnxChat.Training.Vocabulary;

namespace OnnxChat.Training.Prepare;

/// <summary><c>onnxchat-train prepare</c>: files of conversations become a folder to train on.</summary>
internal static class PrepareCommand
{
    public static Command Create(Terminal terminal)
    {
        var defaults = new PrepareRequest([], "");
        var inputs = new Argument<string[]>("INPUT") { Description = "Files of samples: .jsonl, .csv, .tsv or .parquet.", Arity = ArgumentArity.OneOrMore };
        var output = new Option<string>("--output") { Description = "Folder to make; it appears when it is complete.", HelpName = "FOLDER", Required = true };
        var user = Column("--user-column", "what the customer says", defaults.Columns.User);
        var assistant = Column("--assistant-column", "the answer", defaults.Columns.Assistant);
        var system = Column("--system-column", "the instructions, if any", defaults.Columns.System);
        var group = Column("--group-column", "what stands on one side of the split, if any, such as a conversation's id", defaults.Columns.Group);
        var topic = Column("--topic-column", "what answers count as, if any", defaults.Columns.Topic);
        var validation = new Option<double>("--validation") { Description = "Share of the groups that is kept for validation.", HelpName = "SHARE", DefaultValueFactory = _ => defaults.Validation };
        validation.Validators.Add(result => Require(result.GetValueOrDefault<double>() is >= 0 and < 1, result, "--validation must be 0 or more and below 1."));
        var vocabulary = new Option<int>("--vocabulary") { Description = "The most tokens of the vocabulary that is learned; little data gives fewer.", HelpName = "N", DefaultValueFactory = _ => defaults.Vocabulary };
        vocabulary.Validators.Add(result => Require(
            result.GetValueOrDefault<int>() >= VocabularyTrainer.Smallest, result, $"--vocabulary must be {VocabularyTrainer.Smallest} or more: the bytes and the control tokens."));
        var tokenizer = new Option<string?>("--tokenizer") { Description = "Folder with a tokenizer to keep, instead of learning one.", HelpName = "FOLDER" };
        var template = new Option<string?>("--template") { Description = "File with the template, as onnxchat import takes it. Default: the card's; without the space at its end, unless the tokenizer that is kept has the card's tokens.", HelpName = "FILE" };
        var similarity = new Option<double>("--similarity") { Description = "Above this similarity a question repeats another one with the same answer and is left out; 1 leaves out equal ones only.", HelpName = "SHARE", DefaultValueFactory = _ => defaults.Similarity };
        similarity.Validators.Add(result => Require(result.GetValueOrDefault<double>() is >= 0.5 and <= 1, result, "--similarity must be from 0.5 to 1."));
        var privacy = new Option<string>("--privacy") { Description = "on: personal data is replaced. off: for invented conversations only.", DefaultValueFactory = _ => "on" };
        privacy.AcceptOnlyFromAmong("on", "off");
        var idPatterns = new Option<string[]>("--id-pattern") { Description = "Regular expression of your own order or account numbers, which are replaced too. May be given several times.", HelpName = "REGEX" };
        var keep = new Option<string[]>("--keep") { Description = "Value that is your company's own and stays, such as its mail address or *@shop.example.com. May be given several times.", HelpName = "VALUE" };
        var seed = new Option<int>("--seed") { Description = "What chance begins with; it parts training from validation.", HelpName = "N", DefaultValueFactory = _ => defaults.Seed };
        var skip = new Option<bool>("--skip-bad-lines") { Description = "Leave lines out that cannot be used, and count them." };
        var replace = new Option<bool>("--replace") { Description = "Replace the output folder if this command made it." };
        var json = new Option<bool>("--json") { Description = "Say what was made as one JSON object on standard output." };

        var command = new Command("prepare", """
            Makes a folder to train on of files of conversations: cleaned, parted, with a vocabulary.

            Example:
              onnxchat-train prepare samples.jsonl --output prepared
            """)
        {
            inputs, output, user, assistant, system, group, topic, validation, vocabulary, tokenizer, template, similarity, privacy, idPatterns, keep, seed, skip, replace, json,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var request = new PrepareRequest(parsed.GetRequiredValue(inputs), parsed.GetRequiredValue(output))
            {
                Columns = new SampleColumns
                {
                    User = parsed.GetRequiredValue(user),
                    Assistant = parsed.GetRequiredValue(assistant),
                    System = parsed.GetRequiredValue(system),
                    Group = parsed.GetRequiredValue(group),
                    Topic = parsed.GetRequiredValue(topic),
                },
                Validation = parsed.GetValue(validation),
                Vocabulary = parsed.GetValue(vocabulary),
                Tokenizer = parsed.GetValue(tokenizer),
                Template = parsed.GetValue(template),
                Similarity = parsed.GetValue(similarity),
                Privacy = new PrivacyOptions
                {
                    Enabled = parsed.GetValue(privacy) == "on",
                    IdPatterns = parsed.GetValue(idPatterns) ?? [],
                    Keep = parsed.GetValue(keep) ?? [],
                },
                Seed = parsed.GetValue(seed),
                SkipBadLines = parsed.GetValue(skip),
                Replace = parsed.GetValue(replace),
            };
            // Reading and writing block; Ctrl-C must not.
            var report = await Task.Run(() => RunAsync(request, terminal, cancellationToken), CancellationToken.None).ConfigureAwait(false);
            foreach (var line in parsed.GetValue(json) ? [PreparedText.Json(report)] : PreparedText.Lines(report, request.Output))
                await terminal.Output.WriteLineAsync(line).ConfigureAwait(false);
            return ExitCodes.Fine;
        });
        return command;
    }

    private static async Task<PreparedReport> RunAsync(PrepareRequest request, Terminal terminal, CancellationToken cancellationToken)
    {
        using var status = new StatusLine(terminal);
        return await new Preparer(request, status.Show).RunAsync(cancellationToken).ConfigureAwait(false);
    }

    private static Option<string> Column(string name, string holds, string otherwise) =>
        new(name) { Description = $"Column with {holds}.", HelpName = "NAME", DefaultValueFactory = _ => otherwise };

    private static void Require(bool condition, OptionResult result, string message)
    {
        if (!condition)
            result.AddError(message);
    }
}
