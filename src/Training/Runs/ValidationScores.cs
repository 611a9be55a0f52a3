namespace OnnxChat.Training.Runs;

/// <summary>What was measured on the validation conversations.</summary>
/// <param name="Loss">Mean negative log-likelihood of the whole texts, in nats a token.</param>
/// <param name="AnswerLoss">The same of the answers and their end tokens.</param>
/// <param name="Replies">Conversations that were answered.</param>
/// <param name="Right">Replies that are the wanted answer, or another answer of its topic.</param>
internal sealed record ValidationScores(double Loss, double AnswerLoss, int Replies, int Right)
{
    /// <summary>Share of the replies that are right, 0 to 1.</summary>
    public double RightShare => Replies == 0 ? 0 : (double)Right / Replies;

    /// <summary>Share of the replies that are the wanted answer to the letter.</summary>
    public double Exact { get; init; }

    /// <summary>Corpus BLEU, 0 to 100.</summary>
    public double Bleu { get; init; }

    /// <summary>Mean share of correct words, 0 to 1.</summary>
    public double Reward { get; init; }

    /// <summary>Mean share of words that repeat the one before, 0 to 1.</summary>
    public double Penalty { get; init; }

    /// <summary>More right replies are better; of equally many the likelier answers.</summary>
    public bool IsBetterThan(ValidationScores? other) =>
        other is null || RightShare > other.RightShare || (RightShare.Equals(other.RightShare) && AnswerLoss < other.AnswerLoss);
}
