namespace OnnxChat.Connector.Generation;

/// <summary>
/// Raises the logits of tokens with which hinted answers go on: a product of experts, the model's distribution times a
/// power of the hints'. It ends where the tokens so far decide between the answers, or fit none; the model writes the rest.
/// </summary>
internal sealed class HintedLogits
{
    // What the hints leave to replies that none of them begins.
    private const double Unhinted = 0.02;

    private readonly double _strength;
    private readonly float[] _logits;
    private readonly List<HintedAnswer> _fitting;
    private readonly Dictionary<int, double> _next = [];
    private int _position;
    private bool _ended;
    private double _other = double.NegativeInfinity;

    /// <param name="hints">Null for none.</param>
    /// <param name="vocabularySize">Number of logits a step gives.</param>
    public HintedLogits(ReplyHints? hints, int vocabularySize)
    {
        _strength = hints?.Strength ?? 0;
        _fitting = [.. (hints?.Hints ?? []).Select(hint => new HintedAnswer(hint))];
        _ended = _fitting.Count == 0;
        _logits = _strength > 0 && !_ended ? new float[vocabularySize] : [];
    }

    /// <summary>What the model by itself thinks of the hinted answers.</summary>
    public HintedChoice Choice => new(_fitting.Select(answer => answer.LogProbability).DefaultIfEmpty(double.NegativeInfinity).Max(), _other);

    /// <summary>The logits to choose from.</summary>
    /// <param name="logits">As the model gave them; left as they are.</param>
    /// <returns>Valid until the next call.</returns>
    public ReadOnlySpan<float> Apply(ReadOnlySpan<float> logits)
    {
        if (_ended || _strength <= 0)
            return logits;

        _next.Clear();
        foreach (var answer in _fitting)
        {
            foreach (var token in answer.NextTokens(_position))
                _next[token] = _next.GetValueOrDefault(token) + answer.Probability;
        }

        var total = _fitting.Sum(answer => answer.Probability);
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
        if (_ended)
            return;
        foreach (var answer in _fitting)
        {
            answer.Observe(logits, token, logProbability, _position);
            if (!answer.Fits)
                _other = Math.Max(_other, answer.LogProbability);
        }

        _fitting.RemoveAll(answer => !answer.Fits);
        _position++;
        _ended = _fitting.Count < 2 || _fitting.Exists(answer => answer.EndsAt(_position));
    }
}
