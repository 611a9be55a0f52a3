using OnnxChat.Connector.Confidence;
using OnnxChat.ModelTools.Evaluate.Conversations;

namespace OnnxChat.ModelTools.Calibrate.Indexing;

/// <summary>The classes of the known answers: one a topic, and one for each other text. Frequent ones come first.</summary>
internal sealed class AnswerClasses
{
    // Fewer questions do not tell what a class's questions have in common.
    private const int LeastQuestions = 5;
    private const int MostColumns = 512;

    // 200 MB of weights while they are learnt.
    private const int MostWeights = 50_000_000;

    // What a longer answer is about is told by then.
    private const int MostWords = 64;

    private readonly int[] _sizes;

    private AnswerClasses(KnownAnswers answers, int[] classOf, int[] answerOf, int[] sizes)
    {
        Answers = answers;
        ClassOf = classOf;
        AnswerOf = answerOf;
        _sizes = sizes;
    }

    public KnownAnswers Answers { get; }

    /// <summary>For each conversation its class.</summary>
    public int[] ClassOf { get; }

    /// <summary>For each conversation its answer.</summary>
    public int[] AnswerOf { get; }

    public int Count => _sizes.Length;

    public static AnswerClasses Of(IReadOnlyList<Conversation> conversations)
    {
        var keys = conversations.Select(c => c.Topic is { } topic ? "t:" + topic : "a:" + AnswerText.Normalize(c.Assistant)).ToList();
        var ordered = keys.GroupBy(k => k).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal).ToList();
        var classes = ordered.Select((g, i) => (g.Key, i)).ToDictionary(c => c.Key, c => c.i, StringComparer.Ordinal);
        var declined = new bool[ordered.Count];
        var answers = new List<KnownAnswer>();
        var indexes = new Dictionary<(int, ulong), int>();
        var classOf = new int[conversations.Count];
        var answerOf = new int[conversations.Count];
        for (var i = 0; i < conversations.Count; i++)
        {
            var conversation = conversations[i];
            classOf[i] = classes[keys[i]];
            declined[classOf[i]] |= conversation.Declined;
            var key = (classOf[i], AnswerText.Hash(conversation.Assistant));
            if (!indexes.TryGetValue(key, out answerOf[i]))
            {
                indexes[key] = answerOf[i] = answers.Count;
                answers.Add(new KnownAnswer(key.Item1, key.Item2, [.. TextFeatures.WordsOf(conversation.Assistant).Take(MostWords)], AnswerText.Start(conversation.Assistant)));
            }
        }

        return new AnswerClasses(new KnownAnswers(answers, declined), classOf, answerOf, [.. ordered.Select(g => g.Count())]);
    }

    /// <summary>How many classes the classifier tells apart: the first ones.</summary>
    public int Columns(int features) =>
        Math.Min(_sizes.Count(s => s >= LeastQuestions), Math.Min(MostColumns, (MostWeights / Math.Max(1, features)) - 1));
}
