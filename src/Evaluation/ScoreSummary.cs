using OnnxChat.Evaluation.Bleu;

namespace OnnxChat.Evaluation;

/// <summary>The scores of several conversations together.</summary>
public sealed class ScoreSummary
{
    private TokenLikelihood _whole;
    private TokenLikelihood _answer;
    private BleuStatistics _bleu;
    private long _answerBytes;
    private double _sentenceBleu;
    private double _reward;
    private double _penalty;
    private double _confidence;
    private long _exactMatches;

    /// <summary>How many conversations; with none every score is not a number.</summary>
    public long Count { get; private set; }

    /// <summary>Mean negative log-likelihood of the whole texts, in nats a token.</summary>
    public double Loss => _whole.Loss;

    /// <summary>e to the power of <see cref="Loss"/>.</summary>
    public double Perplexity => _whole.Perplexity;

    /// <summary>Mean negative log-likelihood of the wanted answers, in nats a token.</summary>
    public double AnswerLoss => _answer.Loss;

    /// <summary>e to the power of <see cref="AnswerLoss"/>.</summary>
    public double AnswerPerplexity => _answer.Perplexity;

    /// <summary>Bits to encode the wanted answers with this model, a byte of UTF-8. Comparable between vocabularies.</summary>
    public double AnswerBitsPerByte => _answer.NegativeLogLikelihood / Math.Log(2) / _answerBytes;

    /// <summary>Corpus BLEU, 0 to 100, each reply in the tokenization of its own language.</summary>
    public double Bleu => Count == 0 ? double.NaN : _bleu.CorpusScore();

    /// <summary>Mean of the replies' own BLEU, 0 to 100.</summary>
    public double SentenceBleu => _sentenceBleu / Count;

    /// <summary>Mean reward, 0 to 1.</summary>
    public double Reward => _reward / Count;

    /// <summary>Mean penalty, 0 to 1.</summary>
    public double Penalty => _penalty / Count;

    /// <summary>Share of replies that are the wanted answer, 0 to 1.</summary>
    public double ExactMatch => (double)_exactMatches / Count;

    /// <summary>Mean confidence of the replies, in nats a token; at most 0.</summary>
    public double Confidence => _confidence / Count;

    /// <summary>Adds up the scores of <paramref name="conversations"/>.</summary>
    public static ScoreSummary Of(IEnumerable<ConversationScores> conversations)
    {
        ArgumentNullException.ThrowIfNull(conversations);
        var summary = new ScoreSummary();
        foreach (var scores in conversations)
            summary.Add(scores);
        return summary;
    }

    /// <summary>Adds one conversation.</summary>
    public void Add(ConversationScores scores)
    {
        ArgumentNullException.ThrowIfNull(scores);
        Count++;
        _whole += scores.Whole;
        _answer += scores.Answer;
        _answerBytes += scores.AnswerBytes;
        _bleu += scores.Bleu;
        _sentenceBleu += scores.SentenceBleu;
        _reward += scores.Words.Reward;
        _penalty += scores.Words.Penalty;
        _confidence += scores.Confidence;
        _exactMatches += scores.ExactMatch ? 1 : 0;
    }
}
