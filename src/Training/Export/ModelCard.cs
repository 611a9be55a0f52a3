using System.Globalization;
using System.Text;
using OnnxChat.Gpt2.Export;
using OnnxChat.ModelTools.Import;
using OnnxChat.Training.Runs;

namespace OnnxChat.Training.Export;

/// <summary>A model's card: what it is, what it was trained on and how, what was measured, and its limits.</summary>
internal sealed class ModelCard(RunDescription description, IReadOnlyList<RunMetrics> metrics, ImportReport report, string? curves)
{
    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    public string Text => string.Join('\n', [
        $"# {Path.GetFileName(report.Folder)}",
        "",
        "A GPT-2 that answers one question at a time, trained by `onnxchat-train`.",
        "",
        "| | |",
        "| --- | --- |",
        .. Facts().Select(fact => $"| {fact.Name} | {fact.Value.Replace("|", "\\|", StringComparison.Ordinal)} |"),
        "",
        .. Measured(),
        "## How it was made",
        "```",
        "onnxchat-train prepare conversations.jsonl --output prepared",
        TrainCommandLine.Of(description.Options),
        "onnxchat-train export run --output model",
        "```",
        "The prepared data, by SHA-256:",
        "",
        "| file | sha256 |",
        "| --- | --- |",
        .. description.Data.Select(file => $"| `{file.Key}` | `{file.Value}` |"),
        "",
        "## Limits",
        "- It knows what its conversations say, and nothing else. It remembers nothing of earlier turns.",
        "- It answers a question like none of its conversations too, and then wrongly. `onnxchat calibrate` gives each reply a score and a threshold below which a service hands over.",
        "- The figures are of conversations held out of the same source. Customers ask otherwise; measure on questions written by somebody else (`onnxchat evaluate`).",
        "",
    ]);

    private IEnumerable<(string Name, string Value)> Facts()
    {
        var shape = report.Configuration.Shape;
        yield return ("shape", string.Create(Invariant, $"GPT-2, {shape.Layers} layers, {shape.Width} wide, {shape.Heads} heads, context {shape.Context} tokens, {report.Parameters / 1e6:0.0} million parameters"));
        yield return ("vocabulary", string.Create(Invariant, $"{report.Tokenizer.Count:N0} tokens of byte-level BPE, special tokens included"));
        yield return ("form", string.Create(Invariant, $"{report.Precision.Name()}, {report.Bytes / 1e6:0.0} MB"));
        yield return ("prompt", $"`{report.Template.Example}`");
        yield return ("data", string.Create(Invariant, $"{description.TrainingSamples:N0} conversations to train on, {description.ValidationSamples:N0} held out by group; {description.TooLong:N0} too long and left out"));
        yield return ("begun from", description.From is { } from ? $"a checkpoint, SHA-256 `{from}`" : "random weights");
        if (Best is { } best)
            yield return ("training", string.Create(Invariant, $"step {best.Step:N0} of {description.Options.Steps:N0}, {best.Epoch:0.0} epochs, {best.Seconds / 60:0} minutes"));
        yield return ("made by", description.Tool);
        yield return ("checked", string.Create(Invariant, $"against its weights on {report.Verification.Prompts} prompts: mean KL {report.Verification.MeanKl:0.0e+0} nats"));
    }

    private RunMetrics? Best => metrics.Where(line => line.Validation is not null)
        .Aggregate((RunMetrics?)null, (best, line) => line.Validation!.IsBetterThan(best?.Validation) ? line : best);

    private IEnumerable<string> Measured()
    {
        if (Best?.Validation is not { } scores)
            yield break;
        var text = new StringBuilder();
        text.AppendLine("## Measured on the conversations held out").AppendLine().AppendLine("| | |").AppendLine("| --- | --- |")
            .AppendLine(Invariant, $"| loss | {scores.Loss:0.000} nats a token, perplexity {Math.Exp(scores.Loss):0.0} |")
            .AppendLine(Invariant, $"| loss of the answers | {scores.AnswerLoss:0.000} nats a token, perplexity {Math.Exp(scores.AnswerLoss):0.00} |")
            .AppendLine(Invariant, $"| right replies | {scores.Right} of {scores.Replies} ({scores.RightShare:0.0 %}) |")
            .AppendLine(Invariant, $"| replies to the letter | {scores.Exact:0.0 %} |")
            .AppendLine(Invariant, $"| BLEU | {scores.Bleu:0.0} |")
            .AppendLine(Invariant, $"| reward, penalty | {scores.Reward:0.000}, {scores.Penalty:0.000} |");
        yield return text.ToString().ReplaceLineEndings("\n");
        if (curves is not null)
            yield return $"![Curves of the run]({curves})\n";
    }
}
