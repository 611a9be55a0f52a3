using System.Numerics.Tensors;
using System.Security.Cryptography;

namespace OnnxChat.Connector.Generation;

/// <summary>
/// Chooses tokens for one request, with its own settings and its own chance. The order is Hugging Face's: repetition
/// penalty, temperature, top-k, top-p. Keeps its buffers from step to step.
/// </summary>
internal sealed class Sampler
{
    private readonly SamplingSettings _settings;
    private readonly HashSet<int> _seen = [];
    private readonly float[] _penalized;
    private readonly float[] _candidates;
    private readonly int[] _tokens;
    private SplitMix64 _chance;

    /// <param name="settings">Settings that hold for the whole reply.</param>
    /// <param name="vocabularySize">Number of logits a step gives.</param>
    public Sampler(SamplingSettings settings, int vocabularySize)
    {
        _settings = settings;
        _chance = new SplitMix64(settings.Seed is { } seed ? (ulong)seed : BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8)));
        _penalized = settings.RepetitionPenalty == 1 ? [] : new float[vocabularySize];
        var most = settings.TopK == 0 ? vocabularySize : Math.Min(settings.TopK, vocabularySize);
        _candidates = new float[settings.Temperature == 0 ? 0 : most];
        _tokens = new int[_candidates.Length];
    }

    /// <summary>Tells the sampler of tokens that are in prompt or reply, for the repetition penalty.</summary>
    public void Observe(ReadOnlySpan<int> tokens)
    {
        if (_settings.RepetitionPenalty == 1)
            return;
        foreach (var token in tokens)
            _seen.Add(token);
    }

    /// <summary>Chooses the next token.</summary>
    /// <param name="logits">One a token of the vocabulary; left as they are.</param>
    public int Next(ReadOnlySpan<float> logits)
    {
        if (_settings.Temperature == 0)
            return TensorPrimitives.IndexOfMax(Penalized(logits));

        var kept = Keep(logits);
        var draw = _chance.NextDouble();
        for (var i = 0; i < kept.Length - 1; i++)
        {
            draw -= kept[i];
            if (draw < 0)
                return _tokens[i];
        }

        return _tokens[kept.Length - 1];
    }

    /// <summary>The tokens that survive the settings, most likely first, with their probabilities.</summary>
    public IReadOnlyList<(int Token, float Probability)> Distribution(ReadOnlySpan<float> logits)
    {
        var kept = Keep(logits);
        var list = new List<(int, float)>(kept.Length);
        for (var i = 0; i < kept.Length; i++)
            list.Add((_tokens[i], kept[i]));
        return list;
    }

    /// <returns>Probabilities of the kept tokens, most likely first; <c>_tokens</c> has their ids.</returns>
    private ReadOnlySpan<float> Keep(ReadOnlySpan<float> logits)
    {
        SelectLargest(Penalized(logits));
        var probabilities = _candidates.AsSpan();
        TensorPrimitives.Divide(probabilities, (float)_settings.Temperature, probabilities);
        TensorPrimitives.SoftMax(probabilities, probabilities);

        var kept = probabilities.Length;
        if (_settings.TopP < 1)
        {
            var sum = 0.0;
            for (kept = 0; kept < probabilities.Length && sum < _settings.TopP; kept++)
                sum += probabilities[kept];
            probabilities = probabilities[..kept];
            TensorPrimitives.Divide(probabilities, (float)sum, probabilities);
        }

        return probabilities;
    }

    private ReadOnlySpan<float> Penalized(ReadOnlySpan<float> logits)
    {
        if (_seen.Count == 0)
            return logits;

        logits.CopyTo(_penalized);
        var penalty = (float)_settings.RepetitionPenalty;
        foreach (var token in _seen)
            _penalized[token] = _penalized[token] < 0 ? _penalized[token] * penalty : _penalized[token] / penalty;
        return _penalized.AsSpan(0, logits.Length);
    }

    /// <summary>Fills the candidates with the largest logits, largest first; of equal ones the lower id first.</summary>
    private void SelectLargest(ReadOnlySpan<float> logits)
    {
        if (_candidates.Length == logits.Length)
        {
            logits.CopyTo(_candidates);
            for (var i = 0; i < _tokens.Length; i++)
                _tokens[i] = i;
            Array.Sort(_candidates, _tokens, Comparer<float>.Create((a, b) => b.CompareTo(a)));
            return;
        }

        // One pass with insertion: after the first tokens few logits pass the smallest kept, so this is close to a scan.
        var count = 0;
        var smallest = float.NegativeInfinity;
        for (var token = 0; token < logits.Length; token++)
        {
            var logit = logits[token];
            if (count == _candidates.Length && !(logit > smallest))
                continue;

            var at = count < _candidates.Length ? count++ : count - 1;
            for (; at > 0 && _candidates[at - 1] < logit; at--)
            {
                _candidates[at] = _candidates[at - 1];
                _tokens[at] = _tokens[at - 1];
            }

            _candidates[at] = logit;
            _tokens[at] = token;
            smallest = _candidates[count - 1];
        }
    }
}
