using System.Diagnostics;
using System.Globalization;
using OnnxChat.Gpt2;
using OnnxChat.Gpt2.Checkpoints;
using OnnxChat.ModelTools.CommandLine;
using OnnxChat.Training.Native;
using OnnxChat.Training.Networks;
using OnnxChat.Training.Prepare;
using TorchSharp;

namespace OnnxChat.Training.Runs;

/// <summary>Trains a model from a prepared folder into a run's folder.</summary>
internal sealed class TrainingRun(TrainRequest request, Terminal terminal)
{
    // Of the running mean of the loss.
    private const double Smoothing = 0.98;
    private const int ProgressEvery = 10;

    private readonly RunFolder _folder = new(request.Output);

    /// <summary>Trains to the last step, or until it is told to stop; what was done so far is kept.</summary>
    /// <returns>The exit code.</returns>
    public int Run(CancellationToken cancellationToken)
    {
        if (request.Options.Width % request.Options.Heads != 0)
            throw new UserException($"--width {request.Options.Width} is not a multiple of --heads {request.Options.Heads}.");
        using var checkpoint = request.From is { } from ? Checkpoint.Open(from) : null;
        var options = checkpoint is null ? request.Options : request.Options.WithShape(Gpt2ConfigurationFile.Read(ConfigurationBeside(checkpoint)));
        var data = TrainingData.Read(request.Prepared, options.Context);
        options = StepPlan.Complete(options, data.Training.Count);

        TorchLibrary.Load(request.Threads);
        var device = torch.cuda_is_available() ? torch.CUDA : torch.CPU;
        using var network = new Gpt2Network(Shape(options, data, checkpoint), device) { HalfPrecision = options.HalfPrecision };
        using var trainer = new Trainer(data, options, network, options.Steps!.Value);
        var description = Describe(options, data, checkpoint, network, cancellationToken);
        var state = Begin(description, trainer, checkpoint);
        Say($"{data.Training.Count} conversations to train on, {data.Validation.Count} to validate; {network.Parameters.Length / 1e6:0.00} million parameters; {trainer.Steps} steps of {options.Batch * options.Accumulate} on {device.type.ToString().ToLowerInvariant()}.");
        if (data.TooLong > 0)
            Say($"{data.TooLong} conversations are longer than {options.Context} tokens and left out; a larger --context takes them.");
        return Train(trainer, data, state, cancellationToken);
    }

    private static string ConfigurationBeside(Checkpoint checkpoint) =>
        Directory.Exists(checkpoint.Path) ? checkpoint.Path : Path.GetDirectoryName(Path.GetFullPath(checkpoint.Path))!;

    private static Gpt2Configuration Shape(TrainOptions options, TrainingData data, Checkpoint? checkpoint)
    {
        var shape = checkpoint is null
            ? options.Shape(data.Encoder.Folder.Count)
            : Gpt2ConfigurationFile.Read(ConfigurationBeside(checkpoint));
        if (shape.VocabularySize < data.Encoder.Folder.Count)
            throw new UserException($"The checkpoint has {shape.VocabularySize} tokens, the prepared folder's tokenizer {data.Encoder.Folder.Count}. Prepare with the checkpoint's own: --tokenizer FOLDER.");
        return shape;
    }

    private static RunDescription Describe(TrainOptions options, TrainingData data, Checkpoint? checkpoint, Gpt2Network network, CancellationToken cancellationToken)
    {
        var files = new[] { "train.jsonl", "validation.jsonl", "template.json", "tokenizer/tokenizer.json" };
        return new RunDescription(
            $"onnxchat-train {typeof(TrainingRun).Assembly.GetName().Version!.ToString(3)}",
            files.ToDictionary(file => file, file => PreparedFile.Of(Path.Combine(data.Folder, file)).Sha256),
            checkpoint?.ComputeSha256(cancellationToken),
            options)
        {
            TrainingSamples = data.Training.Count,
            ValidationSamples = data.Validation.Count,
            TooLong = data.TooLong,
            Parameters = network.Parameters.Length,
        };
    }

    private TrainingState Begin(RunDescription description, Trainer trainer, Checkpoint? checkpoint)
    {
        if (request.Resume)
        {
            _folder.RequireSame(description);
            if (File.Exists(_folder.State))
                return TrainingState.Load(_folder.State, trainer);
        }
        else
        {
            _folder.Create(description);
        }

        if (checkpoint is null)
            InitialWeights.Draw(trainer.Network, description.Options.Seed);
        else
            InitialWeights.Copy(Gpt2Weights.Open(checkpoint, trainer.Network.Configuration), trainer.Network);
        trainer.Average?.Restart();
        return TrainingState.Start;
    }

    private int Train(Trainer trainer, TrainingData data, TrainingState state, CancellationToken cancellationToken)
    {
        using var status = new StatusLine(terminal);
        var validator = data.Validation.Count > 0 ? new Validator(data, trainer.Network.Configuration.Context) : null;
        var metrics = MetricsFile.Open(_folder.Metrics, state.Step);
        var watch = Stopwatch.StartNew();
        var before = state.Seconds;
        var (start, seconds, tokens, mean) = (state.Step, state.Seconds, 0L, double.NaN);
        while (trainer.Step < trainer.Steps)
        {
            var stopped = cancellationToken.IsCancellationRequested;
            if (stopped || watch.Elapsed >= request.TimeLimit - TimeSpan.FromSeconds(seconds - before) || trainer.Step >= request.StopAfter)
            {
                Save();
                status.Dispose();
                Say($"Stopped after {trainer.Step} of {trainer.Steps} steps. The same command with --resume goes on.");
                return stopped ? ExitCodes.Interrupted : ExitCodes.Fine;
            }

            var result = trainer.Next();
            if (!double.IsFinite(result.Loss))
                throw new UserException($"The loss is {result.Loss} at step {trainer.Step}: the training diverged. Try a lower --learning-rate than {request.Options.LearningRate}.");
            tokens += result.Tokens;
            mean = double.IsNaN(mean) ? result.Loss : (Smoothing * mean) + ((1 - Smoothing) * result.Loss);
            if (trainer.Step % ProgressEvery == 0)
                status.Show(Progress(result));
            if (trainer.Step % request.Options.EvaluateEvery == 0 || trainer.Step == trainer.Steps)
            {
                status.Show($"step {trainer.Step}: measuring");
                if (!Evaluate(result))
                    break;
            }
            else if (trainer.Step % request.SaveEvery == 0)
            {
                // For those who read a log.
                if (!terminal.ShowsProgress)
                    Say($"{Progress(result)}");
                Save();
            }
        }

        status.Dispose();
        if (state.Best is { } best)
            Say($"The best model is of step {state.BestStep}: {best.Right} of {best.Replies} replies right, answer loss {best.AnswerLoss:0.000}.");
        Say($"Done. The model is in {_folder.Model}.");
        return ExitCodes.Fine;

        string Progress(StepResult result)
        {
            var left = watch.Elapsed * ((double)(trainer.Steps - trainer.Step) / (trainer.Step - start));
            return string.Create(CultureInfo.InvariantCulture, $"step {trainer.Step} of {trainer.Steps}  loss {mean:0.000}  rate {result.LearningRate:0.0e0}  {tokens / watch.Elapsed.TotalSeconds:0} tokens/s  {Duration(left)} left");
        }

        void Save()
        {
            state = state with { Step = trainer.Step, Seconds = seconds + watch.Elapsed.TotalSeconds, Tokens = state.Tokens + tokens };
            (seconds, tokens) = (state.Seconds, 0);
            start = trainer.Step;
            watch.Restart();
            state.Save(_folder.State, trainer);
        }

        // False where training is to end.
        bool Evaluate(StepResult result)
        {
            var speed = tokens / watch.Elapsed.TotalSeconds;
            var scores = Measure();
            state = scores is null || scores.IsBetterThan(state.Best)
                ? state with { Best = scores, BestStep = trainer.Step, WithoutBetter = 0 }
                : state with { WithoutBetter = state.WithoutBetter + 1 };
            if (state.BestStep == trainer.Step)
                _folder.KeepModel(trainer, data);
            metrics.Add(new RunMetrics(trainer.Step, trainer.Epoch, mean, result.LearningRate, seconds + watch.Elapsed.TotalSeconds, speed, scores));
            RunCurves.Write(_folder.Curves, metrics.Lines);
            Save();
            status.Dispose();
            if (scores is not null)
                Say($"step {trainer.Step}: training loss {mean:0.000}, validation loss {scores.Loss:0.000} (perplexity {Math.Exp(scores.Loss):0.0}), answers {scores.AnswerLoss:0.000}; {scores.Right} of {scores.Replies} replies right, BLEU {scores.Bleu:0.0}, reward {scores.Reward:0.00}, penalty {scores.Penalty:0.000}");
            if (request.Options.Patience is not { } patience || state.WithoutBetter < patience)
                return true;
            Say($"No better model in {state.WithoutBetter} evaluations: training ends.");
            return false;
        }

        ValidationScores? Measure()
        {
            if (validator is null)
                return null;
            using var average = trainer.Average?.InPlace();
            return validator.Measure(trainer.Network, CancellationToken.None);
        }
    }

    private static string Duration(TimeSpan time) =>
        time.TotalHours >= 1 ? $"{(int)time.TotalHours} h {time.Minutes} min" : time.TotalMinutes >= 1 ? $"{(int)time.TotalMinutes} min" : $"{(int)time.TotalSeconds} s";

    private void Say(FormattableString text) => terminal.Error.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
