using System.Text;
using OnnxChat.Evaluation.Bleu;

namespace OnnxChat.Evaluation;

/// <summary>What was measured on one conversation.</summary>
public sealed record ConversationScores
{
    /// <summary>Of the whole text: prompt, wanted answer and end token, without the first token, which nothing predicts.</summary>
    public required TokenLikelihood Whole { get; init; }

    /// <summary>Of the wanted answer and the end token alone.</summary>
    public required TokenLikelihood Answer { get; init; }

    /// <summary>Bytes of the wanted answer in UTF-8.</summary>
    public required long AnswerBytes { get; init; }

    /// <summary>The reply against the wanted answer, in the tokenization of the answer's language.</summary>
    public required BleuStatistics Bleu { get; init; }

    /// <summary>BLEU of this reply alone, 0 to 100.</summary>
    public required double SentenceBleu { get; init; }

    /// <summary>Reward and penalty of the reply.</summary>
    public required WordScores Words { get; init; }

    /// <summary>Whether the reply is the wanted answer, apart from white space around it.</summary>
    public required bool ExactMatch { get; init; }

    /// <summary>Mean log-probability of the reply's tokens in nats, end token included; at most 0.</summary>
    public required double Confidence { get; init; }

    /// <summary>Scores a reply against the wanted answer.</summary>
    /// <param name="reply">What the model answered.</param>
    /// <param name="reference">The wanted answer.</param>
    /// <param name="whole">Likelihood of the whole text.</param>
    /// <param name="answer">Likelihood of the wanted answer.</param>
    /// <param name="confidence">Mean log-probability of the reply's tokens.</param>
    public static ConversationScores Of(string reply, string reference, TokenLikelihood whole, TokenLikelihood answer, double confidence)
    {
        ArgumentNullException.ThrowIfNull(reply);
        ArgumentNullException.ThrowIfNull(reference);
        var bleu = BleuStatistics.Of(reply, reference, TextLanguages.Detect(reference).Tokenization());
        return new ConversationScores
        {
            Whole = whole,
            Answer = answer,
            AnswerBytes = Encoding.UTF8.GetByteCount(reference),
            Bleu = bleu,
            SentenceBleu = bleu.SentenceScore(),
            Words = WordScores.Of(reply, reference),
            ExactMatch = reply.AsSpan().Trim().SequenceEqual(reference.AsSpan().Trim()),
            Confidence = confidence,
        };
    }
}
