using System.Runtime.InteropServices;

namespace OnnxChat.Connector.Generation;

/// <summary>
/// Raises the logits of tokens with which hinted replies go on: a product of experts, the model's distribution times a
/// power of the hints'. It ends where the tokens so far decide between the hints, or fit none; the model writes the rest.
/// </summary>
internal sealed class HintedLogits
{
    // What the hints leave to replies that none of them begins.
    private const double Unhinted = 0.02;

    private readonly double _strength;
    private readonly float[] _logits;
    private readonly Dictionary<int, double> _next = [];
    private readonly Dictionary<int, double> _own = [];
    private readonly HashSet<(int Group, int Token)> _counted = [];
    private readonly List<ReplyHint> _fitting;
    private int _position;
    private double _other = double.NegativeInfinity;

    /// <param name="hints">Null for none.</param>
    /// <param name="vocabularySize">Number of logits a step gives.</param>
    public HintedLogits(ReplyHints? hints, int vocabularySize)
    {
        _strength = hints?.Strength ?? 0;
        _fitting = [.. hints?.Hints ?? []];
        _logits = _strength > 0 && _fitting.Count > 0 ? new float[vocabularySize] : [];
        foreach (var hint in _fitting)
            _own[hint.Group] = 0;
    }

    /// <summary>What the model by itself thinks of the hinted replies.</summary>
    public HintedChoice Choice => new(_own.Count == 0 ? double.NegativeInfinity : _own.Values.Max(), _other);

    /// <summary>The logits to choose from.</summary>
    /// <param name="logits">As the model gave them; left as they are.</param>
    /// <returns>Valid until the next call.</returns>
    public ReadOnlySpan<float> Apply(ReadOnlySpan<float> logits)
    {
        if (_fitting.Count == 0 || _strength <= 0)
            return logits;

        Count(out var total);
        var raised = _logits.AsSpan(0, logits.Length);
        logits.CopyTo(raised);
        foreach (var (token, probability) in _next)
            raised[token] += (float)(_strength * Math.Log(((probability / total) + Unhinted) / Unhinted));
        return raised;
    }

    /// <summary>Tells which token was chosen.</summary>
    /// <param name="logits">As the model gave them.</param>
    /// <param name="token">The token.</param>
    /// <param name="logProbability">Its log-probability under the model.</param>
    public void Observe(ReadOnlySpan<float> logits, int token, double logProbability)
    {
        if (_fitting.Count == 0)
            return;
        Weigh(logits, logits[token] - logProbability);
        var at = _position++;
        _fitting.RemoveAll(hint => hint.Tokens[at] != token);
        Leave();
        if (_own.Count < 2 || _fitting.Exists(hint => hint.Tokens.Length == _position))
            _fitting.Clear();
    }

    /// <summary>Sums up the probability of each next token, a group once for each of its tokens.</summary>
    private void Count(out double total)
    {
        _next.Clear();
        _counted.Clear();
        total = 0;
        foreach (var hint in _fitting)
        {
            var token = hint.Tokens[_position];
            if (_counted.Add((hint.Group, token)))
                _next[token] = _next.GetValueOrDefault(token) + hint.Probability;
            // No token has this number: once a group.
            if (_counted.Add((hint.Group, -1)))
                total += hint.Probability;
        }
    }

    /// <summary>Adds up how probable the model finds each group's next tokens.</summary>
    private void Weigh(ReadOnlySpan<float> logits, double logSum)
    {
        _counted.Clear();
        var sums = new Dictionary<int, double>();
        foreach (var hint in _fitting)
        {
            var token = hint.Tokens[_position];
            if (_counted.Add((hint.Group, token)))
                CollectionsMarshal.GetValueRefOrAddDefault(sums, hint.Group, out _) += Math.Exp(logits[token] - logSum);
        }

        foreach (var (group, sum) in sums)
            _own[group] += Math.Log(sum);
    }

    /// <summary>Takes leave of the groups that the reply is none of any more.</summary>
    private void Leave()
    {
        foreach (var group in _own.Keys.Where(group => !_fitting.Exists(hint => hint.Group == group)).ToList())
        {
            _own.Remove(group, out var own);
            _other = Math.Max(_other, own);
        }
    }
}
