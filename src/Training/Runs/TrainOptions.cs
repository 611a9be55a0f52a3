using OnnxChat.Gpt2;
using OnnxChat.Training.Optimization;
using OnnxChat.Training.Texts;

namespace OnnxChat.Training.Runs;

/// <summary>How a model is trained. All but the last group decide the result, and stand in <c>run.json</c>.</summary>
internal sealed record TrainOptions
{
    /// <summary>Transformer blocks.</summary>
    public int Layers { get; init; } = 4;

    /// <summary>Width of the model, a multiple of <see cref="Heads"/>.</summary>
    public int Width { get; init; } = 192;

    /// <summary>Attention heads.</summary>
    public int Heads { get; init; } = 6;

    /// <summary>Most tokens of prompt and reply together.</summary>
    public int Context { get; init; } = 256;

    /// <summary>Steps in all; null for what <see cref="StepPlan"/> finds right for the data.</summary>
    public long? Steps { get; init; }

    /// <summary>Texts of a batch.</summary>
    public int Batch { get; init; } = 32;

    /// <summary>Batches whose gradients are added up for one step.</summary>
    public int Accumulate { get; init; } = 1;

    /// <summary>The highest learning rate.</summary>
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>Steps in which the learning rate rises.</summary>
    public long WarmUp { get; init; } = 100;

    public AdamWOptions Optimizer { get; init; } = new();

    /// <summary>Longest gradient, as a Euclidean length.</summary>
    public double Clip { get; init; } = 1;

    /// <summary>Whether matrices are multiplied as bfloat16.</summary>
    public bool HalfPrecision { get; init; }

    /// <summary>Share of outputs that is left out at random.</summary>
    public double Dropout { get; init; } = 0.1;

    public LossWeights Loss { get; init; } = new();

    /// <summary>How slowly the averaged weights follow, 0 for none; null for what <see cref="StepPlan"/> finds right for the steps.</summary>
    public double? Average { get; init; }

    /// <summary>Probability of typing errors in a question.</summary>
    public double Noise { get; init; } = 0.3;

    /// <summary>Probability that a merge of the encoding is left out in a question.</summary>
    public double MergeDropout { get; init; } = 0.1;

    /// <summary>What chance comes from.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Steps between two evaluations.</summary>
    public long EvaluateEvery { get; init; } = 1000;

    /// <summary>Evaluations without a better one after which training ends; null for never.</summary>
    public int? Patience { get; init; }

    /// <summary>The model's shape with a vocabulary.</summary>
    public Gpt2Configuration Shape(int vocabulary) => new()
    {
        Layers = Layers,
        Width = Width,
        Heads = Heads,
        Context = Context,
        VocabularySize = vocabulary,
        InnerWidth = 4 * Width,
    };

    /// <summary>The same options with the shape of a model that is fine-tuned.</summary>
    public TrainOptions WithShape(Gpt2Configuration shape) => this with
    {
        Layers = shape.Layers,
        Width = shape.Width,
        Heads = shape.Heads,
        Context = Math.Min(Context, shape.Context),
    };
}
