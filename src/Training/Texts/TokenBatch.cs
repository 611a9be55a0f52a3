using TorchSharp;

namespace OnnxChat.Training.Texts;

/// <summary>Texts side by side, with the positions whose next token counts.</summary>
internal sealed class TokenBatch
{
    private readonly List<long> _positions = [];
    private readonly List<long> _targets = [];
    private readonly List<float> _weights = [];
    private readonly long[] _tokens;
    private readonly int _length;

    public TokenBatch(IReadOnlyList<TrainingText> texts, LossWeights weights, int padding)
    {
        // The last token has no next one.
        _length = texts.Max(text => text.Tokens.Length) - 1;
        _tokens = new long[texts.Count * _length];
        Array.Fill(_tokens, padding);
        Texts = texts.Count;
        for (var row = 0; row < texts.Count; row++)
            Add(texts[row], weights, row);
    }

    public int Texts { get; }

    /// <summary>Tokens that were given, padding left out.</summary>
    public int Tokens { get; private set; }

    /// <summary>The sum of the weights; 0 where nothing counts.</summary>
    public double TotalWeight { get; private set; }

    /// <summary>[texts, length]</summary>
    public torch.Tensor TokenTensor(torch.Device device) => torch.tensor(_tokens, device: device).view(Texts, _length);

    /// <summary>Places in the flattened tokens from which a token is predicted.</summary>
    public torch.Tensor PositionTensor(torch.Device device) => torch.tensor(_positions.ToArray(), device: device);

    /// <summary>The tokens that stand there.</summary>
    public torch.Tensor TargetTensor(torch.Device device) => torch.tensor(_targets.ToArray(), device: device);

    /// <summary>What each counts.</summary>
    public torch.Tensor WeightTensor(torch.Device device) => torch.tensor(_weights.ToArray(), device: device);

    private void Add(TrainingText text, LossWeights weights, int row)
    {
        var start = row * _length;
        Tokens += text.Tokens.Length;
        for (var i = 0; i < text.Tokens.Length - 1; i++)
        {
            _tokens[start + i] = text.Tokens[i];
            var weight = weights.At(text, i + 1, row);
            if (weight <= 0)
                continue;
            _positions.Add(start + i);
            _targets.Add(text.Tokens[i + 1]);
            _weights.Add((float)weight);
            TotalWeight += weight;
        }
    }
}
