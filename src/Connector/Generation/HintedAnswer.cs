namespace OnnxChat.Connector.Generation;

/// <summary>A hinted answer while a reply begins: which of its wordings the reply may still be.</summary>
internal sealed class HintedAnswer(ReplyHint hint)
{
    private readonly List<int[]> _starts = [.. hint.Starts];

    /// <summary>How probable it is that this answer is wanted, 0 to 1.</summary>
    public double Probability => hint.Probability;

    /// <summary>Natural logarithm of the probability that the model by itself gives the answer, in whichever words.</summary>
    public double LogProbability { get; private set; }

    /// <summary>Whether the reply may still be this answer.</summary>
    public bool Fits => _starts.Count > 0;

    /// <summary>Whether a wording is told to its end.</summary>
    public bool EndsAt(int position) => _starts.Exists(start => start.Length == position);

    /// <summary>The tokens with which it goes on, each once.</summary>
    public IEnumerable<int> NextTokens(int position) => _starts.Select(start => start[position]).Distinct();

    /// <summary>Weighs the tokens with which it would have gone on, and keeps the wordings that the chosen one fits.</summary>
    public void Observe(ReadOnlySpan<float> logits, int token, double logProbability, int position)
    {
        var logSum = logits[token] - logProbability;
        double sum = 0;
        foreach (var next in NextTokens(position))
            sum += Math.Exp(logits[next] - logSum);
        LogProbability += Math.Log(sum);
        _starts.RemoveAll(start => start[position] != token);
    }
}
