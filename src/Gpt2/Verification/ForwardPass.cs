using System.Numerics.Tensors;

namespace OnnxChat.Gpt2.Verification;

/// <summary>
/// GPT-2 computed plainly from its weights (Radford et al., 2019), sharing nothing with the graph that is written: the
/// measure of what an export has changed. Several prompts go through a layer together, so each weight is read once.
/// </summary>
public sealed class ForwardPass
{
    private readonly IGpt2Weights _weights;
    private readonly Gpt2Configuration _shape;

    /// <param name="weights">Read layer by layer; no more than one layer's weights are held at a time.</param>
    public ForwardPass(IGpt2Weights weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        (_weights, _shape) = (weights, weights.Configuration);
    }

    /// <summary>Logits at every position of every prompt; memory grows with positions times vocabulary.</summary>
    /// <param name="prompts">Token ids of each prompt: at least one, at most the context.</param>
    /// <param name="cancellationToken">Stops between two matrices.</param>
    /// <returns>One matrix a prompt, in the prompts' order.</returns>
    /// <exception cref="ArgumentException">A prompt is empty or too long, or has an id outside the vocabulary.</exception>
    public IReadOnlyList<LogitsMatrix> Run(IReadOnlyList<IReadOnlyList<int>> prompts, CancellationToken cancellationToken = default) =>
        Run(prompts, onlyLast: false, cancellationToken);

    /// <summary>Logits after the last token of every prompt: matrices of one position.</summary>
    /// <inheritdoc cref="Run(IReadOnlyList{IReadOnlyList{int}}, CancellationToken)" />
    public IReadOnlyList<LogitsMatrix> RunLast(IReadOnlyList<IReadOnlyList<int>> prompts, CancellationToken cancellationToken = default) =>
        Run(prompts, onlyLast: true, cancellationToken);

    private LogitsMatrix[] Run(IReadOnlyList<IReadOnlyList<int>> prompts, bool onlyLast, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(prompts);
        var rows = PromptRows.Of(prompts, _shape);
        var hidden = Embed(prompts, rows);
        for (var layer = 0; layer < _shape.Layers; layer++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Attend(hidden, rows, $"h.{layer}");
            cancellationToken.ThrowIfCancellationRequested();
            FeedForward(hidden, $"h.{layer}");
        }

        cancellationToken.ThrowIfCancellationRequested();
        return Logits(hidden, rows, onlyLast);
    }

    private float[] Embed(IReadOnlyList<IReadOnlyList<int>> prompts, PromptRows rows)
    {
        var width = _shape.Width;
        var hidden = new float[rows.Total * width];
        var tokens = _weights.Read("wte.weight");
        var positions = _weights.Read("wpe.weight");
        for (var p = 0; p < prompts.Count; p++)
        {
            for (var i = 0; i < prompts[p].Count; i++)
            {
                TensorPrimitives.Add(
                    tokens.AsSpan(prompts[p][i] * width, width),
                    positions.AsSpan(i * width, width),
                    hidden.AsSpan((rows.Start(p) + i) * width, width));
            }
        }

        return hidden;
    }

    private void Attend(float[] hidden, PromptRows rows, string layer)
    {
        var normed = Normalize(hidden, $"{layer}.ln_1");
        var packed = Linear(normed, $"{layer}.attn.c_attn", _shape.Width, 3 * _shape.Width);
        var attended = Attention.Run(packed, rows, _shape.Heads, _shape.HeadWidth, (float)_shape.AttentionScale);
        TensorPrimitives.Add(hidden, Linear(attended, $"{layer}.attn.c_proj", _shape.Width, _shape.Width), hidden);
    }

    private void FeedForward(float[] hidden, string layer)
    {
        var normed = Normalize(hidden, $"{layer}.ln_2");
        var inner = Linear(normed, $"{layer}.mlp.c_fc", _shape.Width, _shape.InnerWidth);
        Activations.Apply(_shape.Activation, inner);
        TensorPrimitives.Add(hidden, Linear(inner, $"{layer}.mlp.c_proj", _shape.InnerWidth, _shape.Width), hidden);
    }

    private LogitsMatrix[] Logits(float[] hidden, PromptRows rows, bool onlyLast)
    {
        var normed = Normalize(hidden, "ln_f");
        var head = _weights.Read(_shape.TiedHead ? "wte.weight" : "lm_head.weight");
        var logits = new LogitsMatrix[rows.Prompts];
        for (var p = 0; p < logits.Length; p++)
        {
            var first = onlyLast ? rows.End(p) - 1 : rows.Start(p);
            var states = normed.AsMemory(first * _shape.Width, (rows.End(p) - first) * _shape.Width);
            logits[p] = new LogitsMatrix(Matrices.MultiplyByRows(states, head, _shape.Width), _shape.VocabularySize);
        }

        return logits;
    }

    private float[] Normalize(float[] hidden, string name)
    {
        var scale = _weights.Read($"{name}.weight");
        var shift = _weights.Read($"{name}.bias");
        var normed = new float[hidden.Length];
        for (var start = 0; start < hidden.Length; start += _shape.Width)
        {
            var row = hidden.AsSpan(start, _shape.Width);
            var result = normed.AsSpan(start, _shape.Width);
            TensorPrimitives.Subtract(row, TensorPrimitives.Average<float>(row), result);
            var variance = TensorPrimitives.SumOfSquares<float>(result) / _shape.Width;
            TensorPrimitives.Multiply(result, (float)(1 / Math.Sqrt(variance + _shape.LayerNormEpsilon)), result);
            TensorPrimitives.MultiplyAdd(result, scale, shift, result);
        }

        return normed;
    }

    private float[] Linear(float[] input, string name, int inWidth, int outWidth) =>
        Matrices.Multiply(input, _weights.Read($"{name}.weight"), _weights.Read($"{name}.bias"), inWidth, outWidth);
}
