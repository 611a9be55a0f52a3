using System.CommandLine;
using System.CommandLine.Parsing;
using OnnxChat.Connector.Chat;
using OnnxChat.ModelTools.Calibrate.Results;
using OnnxChat.ModelTools.CommandLine;

namespace OnnxChat.ModelTools.Calibrate;

/// <summary><c>onnxchat calibrate</c>: measures how likely a model's replies are right, and from when on they stand.</summary>
internal static class CalibrateCommand
{
    private const double UsualMaxWrong = 0.03;
    private const long UsualSizeLimit = 4_000_000;

    public static Command Create(Terminal terminal)
    {
        var model = new Argument<string>("MODEL_FOLDER") { Description = "Model folder; its onnxchat.json gets the calibration." };
        var known = new Option<string?>("--known") { Description = "Conversations that the model was trained on, for the index; without it the model's own figures are all.", HelpName = "FILE" };
        var validation = new Option<string>("--validation") { Description = "Conversations that it was not trained on, one JSON object a line with \"user\" and \"assistant\", and if you like \"topic\", \"group\" and \"declined\".", HelpName = "FILE", Required = true };
        var maxWrong = new Option<double>("--max-wrong") { Description = "Most wrong answers that may reach customers, as a share of all questions.", HelpName = "SHARE", DefaultValueFactory = _ => UsualMaxWrong };
        var sizeLimit = new Option<long>("--size-limit") { Description = "Most bytes of the index, such as 500KB. Default: 4MB.", HelpName = "SIZE", CustomParser = ParseSize, DefaultValueFactory = _ => UsualSizeLimit };
        var correctBleu = new Option<double?>("--correct-bleu") { Description = "Sentence BLEU from which a reply is right as well, above 0 to 100. Default: only known answers of the question's topic are right.", HelpName = "BLEU" };
        var sample = new Option<bool>("--sample") { Description = "Choose tokens as the model folder says, with a fixed seed. Default: the most likely token at every step." };
        var json = new Option<bool>("--json") { Description = "Write the report as one JSON object." };
        var command = new Command("calibrate", """
            Answers questions with known answers, and from that tells for every later reply how likely it is right.

            Example:
              onnxchat calibrate models/starter --known train.jsonl --validation validation.jsonl
            """)
        {
            model, known, validation, maxWrong, sizeLimit, correctBleu, sample, json,
        };
        command.Validators.Add(result =>
        {
            if (result.GetResult(maxWrong) is { Implicit: false } && result.GetValue(maxWrong) is not (> 0 and < 1))
                result.AddError("--max-wrong takes a share above 0 and below 1, such as 0.03.");
            if (result.GetValue(correctBleu) is not (null or (> 0 and <= 100)))
                result.AddError("--correct-bleu takes a number above 0, at most 100.");
        });
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var request = new CalibrateRequest
            {
                Model = parsed.GetRequiredValue(model),
                Known = parsed.GetValue(known),
                Validation = parsed.GetRequiredValue(validation),
                MaxWrong = parsed.GetValue(maxWrong),
                SizeLimit = parsed.GetValue(sizeLimit),
                CorrectBleu = parsed.GetValue(correctBleu),
                Settings = parsed.GetValue(sample) ? new ReplySettings { Seed = 1 } : new ReplySettings { Temperature = 0 },
            };
            var report = await new Calibrator(request, terminal).RunAsync(cancellationToken).ConfigureAwait(false);
            if (parsed.GetValue(json))
                await CalibrationJson.WriteAsync(report, terminal.Output).ConfigureAwait(false);
            else
                await CalibrationText.WriteAsync(report, terminal.Output).ConfigureAwait(false);
            return ExitCodes.Fine;
        });
        return command;
    }

    private static long ParseSize(ArgumentResult result)
    {
        if (!ByteSize.TryParse(result.Tokens[0].Value, out var bytes))
            result.AddError($"--size-limit {result.Tokens[0].Value}: it takes a size from 1KB to 1GB, such as 500KB or 4MB.");
        return bytes;
    }
}
