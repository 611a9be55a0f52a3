namespace OnnxChat.Evaluation.Bleu;

/// <summary>
/// What BLEU counts (Papineni et al., 2002). Statistics of several texts add up; the score of the sum is corpus BLEU.
/// Scores equal sacrebleu's with one reference and "exp" smoothing.
/// </summary>
/// <param name="Matches">N-grams of the hypothesis that the reference has, none more often than there.</param>
/// <param name="Totals">N-grams of the hypothesis.</param>
/// <param name="HypothesisLength">Tokens of the hypothesis.</param>
/// <param name="ReferenceLength">Tokens of the reference.</param>
public readonly record struct BleuStatistics(NgramCounts Matches, NgramCounts Totals, long HypothesisLength, long ReferenceLength)
{
    public static BleuStatistics operator +(BleuStatistics left, BleuStatistics right) => new(
        left.Matches + right.Matches,
        left.Totals + right.Totals,
        left.HypothesisLength + right.HypothesisLength,
        left.ReferenceLength + right.ReferenceLength);

    public static BleuStatistics Add(BleuStatistics left, BleuStatistics right) => left + right;

    /// <summary>Counts one hypothesis against one reference.</summary>
    public static BleuStatistics Of(string hypothesis, string reference, BleuTokenization tokenization)
    {
        ArgumentNullException.ThrowIfNull(hypothesis);
        ArgumentNullException.ThrowIfNull(reference);
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        var said = Number(BleuTokenizer.Tokenize(hypothesis.TrimEnd(), tokenization), numbers);
        var wanted = Number(BleuTokenizer.Tokenize(reference.TrimEnd(), tokenization), numbers);
        return new BleuStatistics(
            new NgramCounts(CountMatches(said, wanted, 1), CountMatches(said, wanted, 2), CountMatches(said, wanted, 3), CountMatches(said, wanted, 4)),
            new NgramCounts(CountAll(said, 1), CountAll(said, 2), CountAll(said, 3), CountAll(said, 4)),
            said.Length,
            wanted.Length);
    }

    /// <summary>BLEU of a corpus, 0 to 100.</summary>
    public double CorpusScore() => Score(effectiveOrder: false);

    /// <summary>BLEU of one text, 0 to 100: n-grams longer than the hypothesis do not count against it.</summary>
    public double SentenceScore() => Score(effectiveOrder: true);

    private double Score(bool effectiveOrder)
    {
        if (Matches == default)
            return 0;

        var smoothing = 1.0;
        var logPrecisions = 0.0;
        var order = 0;
        for (var n = 1; n <= NgramCounts.Orders && Totals[n] > 0; n++)
        {
            if (Matches[n] == 0)
                smoothing *= 2;
            logPrecisions += Math.Log(Matches[n] > 0 ? 100.0 * Matches[n] / Totals[n] : 100.0 / (smoothing * Totals[n]));
            order = n;
        }

        return order < NgramCounts.Orders && !effectiveOrder ? 0 : BrevityPenalty() * Math.Exp(logPrecisions / order);
    }

    private double BrevityPenalty() => HypothesisLength < ReferenceLength ? Math.Exp(1 - ((double)ReferenceLength / HypothesisLength)) : 1;

    private static int[] Number(IReadOnlyList<string> tokens, Dictionary<string, int> numbers)
    {
        var numbered = new int[tokens.Count];
        for (var i = 0; i < numbered.Length; i++)
        {
            if (!numbers.TryGetValue(tokens[i], out numbered[i]))
                numbers.Add(tokens[i], numbered[i] = numbers.Count);
        }

        return numbered;
    }

    private static long CountAll(int[] tokens, int order) => Math.Max(0, tokens.Length - order + 1);

    private static long CountMatches(int[] said, int[] wanted, int order)
    {
        var left = new Dictionary<(int, int, int, int), int>();
        for (var at = 0; at + order <= wanted.Length; at++)
        {
            var ngram = Ngram(wanted, at, order);
            left[ngram] = left.GetValueOrDefault(ngram) + 1;
        }

        var matches = 0L;
        for (var at = 0; at + order <= said.Length; at++)
        {
            var ngram = Ngram(said, at, order);
            if (left.GetValueOrDefault(ngram) is var remaining and > 0)
            {
                left[ngram] = remaining - 1;
                matches++;
            }
        }

        return matches;
    }

    private static (int First, int Second, int Third, int Fourth) Ngram(int[] tokens, int at, int order) =>
        (tokens[at], order > 1 ? tokens[at + 1] : -1, order > 2 ? tokens[at + 2] : -1, order > 3 ? tokens[at + 3] : -1);
}
