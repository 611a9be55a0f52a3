using OnnxChat.Training.Networks;
using OnnxChat.Training.Optimization;
using OnnxChat.Training.Samples;
using OnnxChat.Training.Texts;
using TorchSharp;
using static TorchSharp.torch.nn;

namespace OnnxChat.Training.Runs;

/// <summary>
/// One step after another. What a step does depends on the seed, the step's number and the state alone, so a run that
/// was stopped and goes on ends in the same weights.
/// </summary>
internal sealed class Trainer : IDisposable
{
    private readonly TrainingData _data;
    private readonly TrainOptions _options;
    private readonly LearningRate _rate;
    private readonly BatchPlan _plan;

    public Trainer(TrainingData data, TrainOptions options, Gpt2Network network, long steps)
    {
        _data = data;
        _options = StepPlan.Complete(options with { Steps = steps }, data.Training.Count);
        Network = network;
        Steps = steps;
        Optimizer = new AdamW(network.Parameters, options.Optimizer);
        Average = _options.Average is > 0 and var decay ? new AveragedWeights(network.Parameters, decay) : null;
        _rate = new LearningRate(options.LearningRate, options.WarmUp, steps);
        _plan = new BatchPlan(data.PromptLengths, options.Batch, options.Seed);
    }

    public Gpt2Network Network { get; }

    public AdamW Optimizer { get; }

    /// <summary>Averages of the weights; null where none are kept.</summary>
    public AveragedWeights? Average { get; }

    public long Steps { get; }

    /// <summary>Steps done.</summary>
    public long Step { get; set; }

    public double Epoch => (double)Step * _options.Accumulate / _plan.BatchesPerEpoch;

    /// <summary>The weights that are measured and kept: the averages, or the network's own.</summary>
    public torch.Tensor ServedWeights => Average?.Values ?? Network.Parameters.Weights;

    /// <summary>Does the next step.</summary>
    public StepResult Next()
    {
        var step = Step + 1;
        _ = torch.manual_seed((long)(SeededRandom.Hash(_options.Seed, $"step {step}") >> 1));
        Network.Parameters.ClearGradients();
        Network.Dropout = _options.Dropout;
        var loss = 0.0;
        var tokens = 0;
        for (var part = 0; part < _options.Accumulate; part++)
        {
            var batch = Batch(((step - 1) * _options.Accumulate) + part);
            loss += Backward(batch) / _options.Accumulate;
            tokens += batch.Tokens;
        }

        Network.Dropout = 0;
        var rate = _rate.At(step);
        var norm = Network.Parameters.ClipGradients(_options.Clip);
        Optimizer.Step(step, rate);
        Average?.Add(step);
        Step = step;
        return new StepResult(loss, norm, rate, tokens);
    }

    public void Dispose()
    {
        Optimizer.Dispose();
        Average?.Dispose();
    }

    private TokenBatch Batch(long number)
    {
        var (epoch, texts) = _plan.At(number);
        // All of a batch or none: otherwise short texts would be padded to the length of whole answers.
        var whole = new SeededRandom(_options.Seed, $"batch {number}").Chance(_options.Loss.WholeAnswers!.Value);
        return new TokenBatch([.. texts.Select(text => Text(epoch, text, whole))], _options.Loss, _data.Encoder.Padding);
    }

    private TrainingText Text(long epoch, int number, bool whole)
    {
        var sample = _data.Training[number];
        var random = new SeededRandom(_options.Seed, $"epoch {epoch} text {number}");
        var text = _options.Noise > 0 || _options.MergeDropout > 0
            ? _data.Encoder.EncodeVaried(sample, _options.Noise, _options.MergeDropout, random)
            : _data.Encoder.Encode(sample);
        // Errors and other cuts can make a text longer than the model's context.
        if (text.Tokens.Length > _options.Context)
            text = _data.Encoder.Encode(sample);
        var start = text.AnswerStart + _options.Loss.StartTokens;
        return whole || start >= text.Tokens.Length ? text : text with { Tokens = text.Tokens[..start] };
    }

    private double Backward(TokenBatch batch)
    {
        if (batch.TotalWeight == 0)
            return 0;
        using var scope = torch.NewDisposeScope();
        var hidden = Network.Hidden(batch.TokenTensor(Network.Device)).index_select(0, batch.PositionTensor(Network.Device));
        var losses = functional.cross_entropy(Network.Logits(hidden), batch.TargetTensor(Network.Device), reduction: Reduction.None);
        var loss = (losses * batch.WeightTensor(Network.Device)).sum() / batch.TotalWeight;
        (loss / _options.Accumulate).backward();
        return loss.ToDouble();
    }
}
