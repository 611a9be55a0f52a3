namespace OnnxChat.Evaluation;

/// <summary>How likely a model finds tokens that were given to it. Likelihoods of several texts add up.</summary>
/// <param name="NegativeLogLikelihood">Sum over the tokens, in nats; 0 or more.</param>
/// <param name="Tokens">How many tokens.</param>
public readonly record struct TokenLikelihood(double NegativeLogLikelihood, long Tokens)
{
    /// <summary>Mean negative log-likelihood in nats a token.</summary>
    public double Loss => NegativeLogLikelihood / Tokens;

    /// <summary>e to the power of <see cref="Loss"/>: 1 or more.</summary>
    public double Perplexity => Math.Exp(Loss);

    public static TokenLikelihood operator +(TokenLikelihood left, TokenLikelihood right) =>
        new(left.NegativeLogLikelihood + right.NegativeLogLikelihood, left.Tokens + right.Tokens);

    public static TokenLikelihood Add(TokenLikelihood left, TokenLikelihood right) => left + right;

    /// <summary>Adds up the log-probabilities of tokens.</summary>
    /// <param name="logProbabilities">Natural logarithms, each at most 0.</param>
    public static TokenLikelihood Of(ReadOnlySpan<double> logProbabilities)
    {
        var sum = 0.0;
        foreach (var logProbability in logProbabilities)
            sum -= logProbability;
        return new TokenLikelihood(sum, logProbabilities.Length);
    }
}
