using System.CommandLine;
using System.CommandLine.Parsing;
using OnnxChat.ModelTools.CommandLine;
using OnnxChat.Training.Optimization;
using OnnxChat.Training.Texts;

namespace OnnxChat.Training.Runs;

/// <summary><c>onnxchat-train train</c>: a prepared folder becomes a model.</summary>
internal static class TrainingCommand
{
    public static Command Create(Terminal terminal)
    {
        var usual = new TrainOptions();
        var prepared = new Argument<string>("PREPARED") { Description = "Folder made by 'onnxchat-train prepare'." };
        var output = new Option<string>("--output") { Description = "Folder of the run: its state, metrics and best model.", HelpName = "FOLDER", Required = true };
        var resume = new Option<bool>("--resume") { Description = "Go on with the run in the output folder." };
        var from = new Option<string?>("--from") { Description = "Checkpoint to fine-tune, with its config.json beside it. Default: begin from nothing.", HelpName = "CHECKPOINT" };
        var steps = new Option<long?>("--steps") { Description = "Steps in all. Default: enough to see each text about 30 times.", HelpName = "N" };
        var minutes = new Option<double?>("--minutes") { Description = "Stop after this time; --resume goes on. Default: no limit.", HelpName = "N" };
        var stopAfter = new Option<long?>("--stop-after") { Description = "Stop after this step; --resume goes on. Default: no limit.", HelpName = "N" };
        var layers = Number("--layers", "Transformer blocks.", usual.Layers, 1, 96);
        var width = Number("--width", "Width of the model, a multiple of --heads.", usual.Width, 8, 8192);
        var heads = Number("--heads", "Attention heads.", usual.Heads, 1, 256);
        var context = Number("--context", "Most tokens of a prompt and its reply together.", usual.Context, 16, 8192);
        var batch = Number("--batch", "Texts of a batch.", usual.Batch, 1, 4096);
        var accumulate = Number("--accumulate", "Batches whose gradients are added up for one step.", usual.Accumulate, 1, 1024);
        var rate = Real("--learning-rate", "The highest learning rate.", usual.LearningRate, 0, 1);
        var warmUp = Number("--warm-up", "Steps in which the learning rate rises.", (int)usual.WarmUp, 0, 1_000_000);
        var decay = Real("--weight-decay", "How much of a matrix's weights a learning rate of 1 would take away.", usual.Optimizer.WeightDecay, 0, 10);
        var beta2 = Real("--beta2", "How slowly the gradients' mean square changes.", usual.Optimizer.Beta2, 0, 0.999999);
        var clip = Real("--clip", "Longest gradient.", usual.Clip, 1e-6, 1e6);
        var dropout = Real("--dropout", "Share of outputs left out at random.", usual.Dropout, 0, 0.9);
        var average = Planned("--average", "How slowly the averaged weights follow, which are measured and kept; 0: none. Default: 0.998, in runs of at most 3,000 steps 0.98.", 0, 0.999999);
        var noise = Real("--noise", "Probability of typing errors in a question; 0: questions as they are.", usual.Noise, 0, 1);
        var mergeDropout = Real("--merge-dropout", "Probability that a merge of the encoding is left out in a question.", usual.MergeDropout, 0, 0.9);
        var user = Real("--user-weight", "What a token of the question counts in the loss.", usual.Loss.User, 0, 1000);
        var userEvery = Number("--user-every", "Of how many tokens of the question one counts.", usual.Loss.UserEvery, 1, 1000);
        var first = Real("--first-weight", "What the answer's first token counts.", usual.Loss.First, 0, 1000);
        var startWeight = Real("--start-weight", "What the next tokens of its start count.", usual.Loss.Start, 0, 1000);
        var startTokens = Number("--start-tokens", "Tokens of an answer's start.", usual.Loss.StartTokens, 1, 8192);
        var rest = Real("--rest-weight", "What its later tokens count.", usual.Loss.Rest, 0, 1000);
        var whole = Planned("--whole-answers", "Share of the batches seen with whole answers; the others end with their start. Default: 0.1, in runs of at most 3,000 steps 0.5.", 0, 1);
        var half = new Option<bool>("--bf16") { Description = "Multiply matrices as bfloat16: faster on processors with AVX-512 BF16 or AMX and on cards; slower elsewhere." };
        var seed = Number("--seed", "What chance comes from: the same seed, data and machine give the same model.", usual.Seed, 0, int.MaxValue);
        var evaluateEvery = Number("--evaluate-every", "Steps between two evaluations.", (int)usual.EvaluateEvery, 1, int.MaxValue);
        var patience = new Option<int?>("--patience") { Description = "Evaluations without a better one after which training ends. Default: never.", HelpName = "N" };
        var saveEvery = Number("--save-every", "Steps between two saved states.", 500, 1, int.MaxValue);
        var threads = new Option<int?>("--threads") { Description = "Processors to compute with. Default: all.", HelpName = "N" };

        var command = new Command("train", """
            Trains a model on a prepared folder. Ctrl-C saves; --resume goes on, to the same weights as if it had never stopped.

            Example:
              onnxchat-train train prepared --output run
            """)
        {
            prepared, output, resume, from, steps, minutes, stopAfter, layers, width, heads, context, batch, accumulate, rate, warmUp, decay, beta2, clip, dropout, average,
            noise, mergeDropout, user, userEvery, first, startWeight, startTokens, rest, whole, half, seed, evaluateEvery, patience, saveEvery, threads,
        };
        command.Validators.Add(result =>
        {
            Positive(result, steps);
            Positive(result, stopAfter);
            Positive(result, patience);
            Positive(result, threads);
            if (result.GetValue(minutes) is <= 0)
                result.AddError($"--minutes {result.GetValue(minutes)}: it takes more than 0.");
        });
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var request = new TrainRequest(parsed.GetRequiredValue(prepared), parsed.GetRequiredValue(output), new TrainOptions
            {
                Layers = parsed.GetValue(layers),
                Width = parsed.GetValue(width),
                Heads = parsed.GetValue(heads),
                Context = parsed.GetValue(context),
                Steps = parsed.GetValue(steps),
                Batch = parsed.GetValue(batch),
                Accumulate = parsed.GetValue(accumulate),
                LearningRate = parsed.GetValue(rate),
                WarmUp = parsed.GetValue(warmUp),
                Optimizer = new AdamWOptions { Beta2 = parsed.GetValue(beta2), WeightDecay = parsed.GetValue(decay) },
                Clip = parsed.GetValue(clip),
                HalfPrecision = parsed.GetValue(half),
                Dropout = parsed.GetValue(dropout),
                Average = parsed.GetValue(average),
                Noise = parsed.GetValue(noise),
                MergeDropout = parsed.GetValue(mergeDropout),
                Loss = new LossWeights
                {
                    User = parsed.GetValue(user),
                    UserEvery = parsed.GetValue(userEvery),
                    First = parsed.GetValue(first),
                    Start = parsed.GetValue(startWeight),
                    StartTokens = parsed.GetValue(startTokens),
                    Rest = parsed.GetValue(rest),
                    WholeAnswers = parsed.GetValue(whole),
                },
                Seed = parsed.GetValue(seed),
                EvaluateEvery = parsed.GetValue(evaluateEvery),
                Patience = parsed.GetValue(patience),
            })
            {
                From = parsed.GetValue(from),
                Resume = parsed.GetValue(resume),
                Threads = parsed.GetValue(threads),
                SaveEvery = parsed.GetValue(saveEvery),
                StopAfter = parsed.GetValue(stopAfter),
                TimeLimit = parsed.GetValue(minutes) is { } limit ? TimeSpan.FromMinutes(limit) : null,
            };
            // Training blocks; Ctrl-C must not.
            return await Task.Run(() => new TrainingRun(request, terminal).Run(cancellationToken), CancellationToken.None).ConfigureAwait(false);
        });
        return command;
    }

    private static void Positive<T>(CommandResult result, Option<T?> option)
        where T : struct, IComparable<T>
    {
        if (result.GetValue(option) is { } value && value.CompareTo(default) <= 0)
            result.AddError($"{option.Name} {value}: it takes 1 or more.");
    }

    private static Option<int> Number(string name, string description, int usual, int least, int most) => Bounded(name, description, "N", usual, least, most);

    private static Option<double> Real(string name, string description, double usual, double least, double most) => Bounded(name, description, "X", usual, least, most);

    /// <summary>A number whose usual value depends on the steps.</summary>
    private static Option<double?> Planned(string name, string description, double least, double most)
    {
        var option = new Option<double?>(name) { Description = description, HelpName = "X" };
        option.Validators.Add(result => Within(result, result.GetValueOrDefault<double?>() ?? least, least, most));
        return option;
    }

    private static Option<T> Bounded<T>(string name, string description, string helpName, T usual, T least, T most)
        where T : IComparable<T>
    {
        var option = new Option<T>(name) { Description = description, HelpName = helpName, DefaultValueFactory = _ => usual };
        option.Validators.Add(result => Within(result, result.GetValueOrDefault<T>() ?? least, least, most));
        return option;
    }

    private static void Within<T>(OptionResult result, T value, T least, T most)
        where T : IComparable<T>
    {
        if (result.Tokens.Count > 0 && (value.CompareTo(least) < 0 || value.CompareTo(most) > 0))
            result.AddError($"{result.Option.Name} {value}: it takes {least} to {most}.");
    }
}
