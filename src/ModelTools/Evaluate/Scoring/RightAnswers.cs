using OnnxChat.Connector.Confidence;
using OnnxChat.Evaluation;
using OnnxChat.Evaluation.Bleu;
using OnnxChat.ModelTools.Evaluate.Conversations;

namespace OnnxChat.ModelTools.Evaluate.Scoring;

/// <summary>
/// Whether replies are right: as the wanted answer, or as any answer of its topic, in the conversations at hand or in the
/// index.
/// </summary>
internal sealed class RightAnswers
{
    private readonly Dictionary<string, HashSet<ulong>> _topics = new(StringComparer.Ordinal);
    private readonly HashSet<ulong> _refusals = [];
    private readonly KnownAnswers? _known;
    private readonly double? _correctBleu;

    /// <param name="conversations">Conversations whose topics are known.</param>
    /// <param name="known">The answers of an index; null for none.</param>
    /// <param name="correctBleu">Sentence BLEU from which a reply is right as well; null for none.</param>
    public RightAnswers(IEnumerable<Conversation> conversations, KnownAnswers? known, double? correctBleu = null)
    {
        _known = known;
        _correctBleu = correctBleu;
        foreach (var conversation in conversations)
        {
            var hash = AnswerText.Hash(conversation.Assistant);
            if (conversation.Declined)
                _refusals.Add(hash);
            if (conversation.Topic is not { } topic)
                continue;
            if (!_topics.TryGetValue(topic, out var answers))
                _topics[topic] = answers = [];
            answers.Add(hash);
        }
    }

    public bool IsRight(Conversation conversation, string reply)
    {
        var hash = AnswerText.Hash(reply);
        return hash == AnswerText.Hash(conversation.Assistant)
            || (conversation.Topic is { } topic && _topics.TryGetValue(topic, out var answers) && answers.Contains(hash))
            || (_known is not null && _known.ClassesOf(conversation.Assistant).Intersect(_known.ClassesOf(reply)).Any())
            || (_correctBleu is { } least && SentenceBleu(reply, conversation.Assistant) >= least);
    }

    /// <summary>Whether a class of the index is the wanted answer's.</summary>
    public bool IsRight(Conversation conversation, int indexClass) => _known is not null && _known.ClassesOf(conversation.Assistant).Contains(indexClass);

    /// <summary>Whether a reply says that the service cannot help.</summary>
    public bool IsRefusal(string reply) =>
        _refusals.Contains(AnswerText.Hash(reply)) || (_known is not null && _known.ClassesOf(reply).Any(c => _known.Declined[c]));

    private static double SentenceBleu(string reply, string wanted) =>
        BleuStatistics.Of(reply, wanted, TextLanguages.Detect(wanted).Tokenization()).SentenceScore();
}
