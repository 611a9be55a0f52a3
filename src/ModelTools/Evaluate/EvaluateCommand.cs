using System.CommandLine;
using OnnxChat.Connector.Chat;
using OnnxChat.ModelTools.CommandLine;
using OnnxChat.ModelTools.Evaluate.Models;
using OnnxChat.ModelTools.Evaluate.Report;
using OnnxChat.ModelTools.Evaluate.Results;
using OnnxChat.ModelTools.Evaluate.Text;

namespace OnnxChat.ModelTools.Evaluate;

/// <summary><c>onnxchat evaluate</c>: how well a model answers questions with known answers.</summary>
internal static class EvaluateCommand
{
    private const double UsualCorrectBleu = 50;

    public static Command Create(Terminal terminal)
    {
        var model = new Option<string>("--model") { Description = "Model folder.", HelpName = "FOLDER", Required = true };
        var input = new Option<string>("--input") { Description = "Conversations, one JSON object a line with \"user\", \"assistant\" and, if you like, \"system\"; - for standard input. Lines that are none are named and passed over.", HelpName = "FILE|-", Required = true };
        var output = new Option<string?>("--output") { Description = "HTML report to write; it appears when it is complete.", HelpName = "FILE" };
        var json = new Option<bool>("--json") { Description = "Write the figures to standard output as one JSON object, every conversation included." };
        var compare = new Option<string?>("--compare") { Description = "Another model folder, measured on the same conversations.", HelpName = "FOLDER" };
        var compareTemplate = new Option<string?>("--compare-template") { Description = "The same model with another prompt: with the template in FILE, or, without FILE, with the space at the prompt's end taken away or added.", HelpName = "FILE", Arity = ArgumentArity.ZeroOrOne };
        var limit = new Option<int?>("--limit") { Description = "Measure the first N conversations only.", HelpName = "N" };
        var maxTokens = new Option<int?>("--max-tokens") { Description = "Most tokens of a reply. Default: what the context leaves.", HelpName = "N" };
        var sample = new Option<bool>("--sample") { Description = "Choose tokens as the model folder says. Default: the most likely token at every step." };
        var seed = new Option<long?>("--seed") { Description = "Makes --sample repeatable.", HelpName = "N" };
        var unguided = new Option<bool>("--unguided") { Description = "Let the model write alone. Default: the questions that the folder knows weigh in, as in the service." };
        var answerForm = new Option<string?>("--answer-form") { Description = "How training wrote an answer after the prompt. Default: ' {assistant} ' and the end token; the first space is left out where the prompt ends with one.", HelpName = "TEXT" };
        var correctBleu = new Option<double>("--correct-bleu") { Description = "Sentence BLEU from which a reply counts as correct, 0 to 100.", HelpName = "BLEU", DefaultValueFactory = _ => UsualCorrectBleu };

        var command = new Command("evaluate", """
            Measures a model on conversations with known answers: loss, perplexity, BLEU, reward, penalty, exact match, confidence.

            Example:
              echo '{"user": "Where is my order?", "assistant": "You can follow it under My Orders."}' | onnxchat evaluate --model models/starter --input -
            """)
        {
            model, input, output, json, compare, compareTemplate, limit, maxTokens, sample, seed, unguided, answerForm, correctBleu,
        };
        command.Validators.Add(result =>
        {
            if (result.GetResult(compare) is not null && result.GetResult(compareTemplate) is not null)
                result.AddError("--compare and --compare-template are two comparisons; give one of them.");
            if (result.GetResult(seed) is not null && !result.GetValue(sample))
                result.AddError("--seed is for --sample; without it there is no chance to repeat.");
            if (result.GetValue(limit) is < 1)
                result.AddError($"--limit {result.GetValue(limit)}: it takes 1 or more.");
            if (result.GetValue(correctBleu) is not (>= 0 and <= 100))
                result.AddError("--correct-bleu takes 0 to 100.");
        });
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var request = new EvaluateRequest
            {
                Models = [new ModelChoice(parsed.GetRequiredValue(model)), .. Other(parsed)],
                Input = parsed.GetRequiredValue(input),
                Limit = parsed.GetValue(limit),
                Settings = new ReplySettings { MaxTokens = parsed.GetValue(maxTokens), Temperature = parsed.GetValue(sample) ? null : 0, Seed = parsed.GetValue(seed) },
                Guided = !parsed.GetValue(unguided),
                AnswerForm = parsed.GetValue(answerForm),
                CorrectBleu = parsed.GetValue(correctBleu),
            };
            var file = parsed.GetValue(output) is { } path ? new ReportFile(path) : null;
            var result = await RunAsync(request, terminal, cancellationToken).ConfigureAwait(false);

            if (parsed.GetValue(json))
                await EvaluationJson.WriteAsync(result, terminal.Output).ConfigureAwait(false);
            else
                await EvaluationText.WriteAsync(result, terminal.Output).ConfigureAwait(false);
            await EvaluationText.WriteBadLinesAsync(result.BadLines, terminal.Error).ConfigureAwait(false);
            if (file is not null)
            {
                file.Write(ReportPage.Create(result));
                await terminal.Error.WriteLineAsync($"Report: {file.Path}").ConfigureAwait(false);
            }

            return ExitCodes.Fine;
        });
        return command;

        IEnumerable<ModelChoice> Other(ParseResult parsed)
        {
            if (parsed.GetValue(compare) is { } folder)
                yield return new ModelChoice(folder);
            else if (parsed.GetResult(compareTemplate) is not null)
                yield return new ModelChoice(parsed.GetRequiredValue(model)) { TemplateFile = parsed.GetValue(compareTemplate), OtherEnding = parsed.GetValue(compareTemplate) is null };
        }
    }

    private static async Task<EvaluationResult> RunAsync(EvaluateRequest request, Terminal terminal, CancellationToken cancellationToken)
    {
        using var progress = new EvaluateProgress(terminal);
        return await new Evaluator(request, progress, TimeProvider.System).RunAsync(terminal.Input, cancellationToken).ConfigureAwait(false);
    }
}
