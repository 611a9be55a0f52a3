using System.Buffers;

namespace OnnxChat.Connector.Confidence;

/// <summary>
/// The known questions of a model's training and what was answered: a view of a question that shares nothing with the
/// model, so that it is wrong elsewhere. Safe for concurrent use.
/// </summary>
/// <param name="vocabulary">Features of the known questions.</param>
/// <param name="answers">Known answers and their classes.</param>
/// <param name="neighbours">Known questions.</param>
/// <param name="classifier">Null where too few answers recur.</param>
internal sealed class QuestionIndex(FeatureVocabulary vocabulary, KnownAnswers answers, Neighbours neighbours, LinearClassifier? classifier)
{
    private const int Nearest = 12;

    // Votes fall off steeply: a question of half the similarity says next to nothing.
    private const double VotePower = 6;

    public FeatureVocabulary Vocabulary => vocabulary;

    public KnownAnswers Answers => answers;

    public Neighbours Neighbours => neighbours;

    public LinearClassifier? Classifier => classifier;

    /// <summary>Looks a question and its reply up.</summary>
    public IndexMatch Match(string question, string reply)
    {
        var features = TextFeatures.Of(question);
        var vector = vocabulary.Find(features);
        var similarities = ArrayPool<float>.Shared.Rent(neighbours.Count);
        try
        {
            var all = similarities.AsSpan(0, neighbours.Count);
            neighbours.Measure(vector, all);
            var probabilities = Probabilities(vector, all);
            var classes = answers.Resolve(reply, probabilities.OrderByDescending(p => p.Value).ThenBy(p => p.Key).Take(Nearest).Select(p => p.Key), out var match);
            var (same, other) = NearestWith(classes, all);
            return Describe(probabilities, classes) with
            {
                SameSimilarity = same,
                OtherSimilarity = other,
                AnswerMatch = match,
                SeenShare = vector.SeenShare,
                IsChinese = features.IsChinese,
                QuestionCharacters = features.Characters,
            };
        }
        finally
        {
            ArrayPool<float>.Shared.Return(similarities);
        }
    }

    /// <summary>How probable each class of answers is for a question; those that have no chance are left out.</summary>
    public IReadOnlyDictionary<int, double> Probabilities(string question)
    {
        var vector = vocabulary.Find(TextFeatures.Of(question));
        // Nothing is known of a question without a known word.
        if (vector.Norm <= 0)
            return new Dictionary<int, double>();
        var similarities = ArrayPool<float>.Shared.Rent(neighbours.Count);
        try
        {
            var all = similarities.AsSpan(0, neighbours.Count);
            neighbours.Measure(vector, all);
            return Probabilities(vector, all);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(similarities);
        }
    }

    private IndexMatch Describe(Dictionary<int, double> probabilities, IReadOnlyList<int> classes)
    {
        double own = 0, other = 0, most = 0;
        var best = -1;
        foreach (var (candidate, probability) in probabilities)
        {
            if (classes.Contains(candidate))
                own += probability;
            else
                other = Math.Max(other, probability);
            if (probability > most || (probability.Equals(most) && candidate < best))
                (most, best) = (probability, candidate);
        }

        return new IndexMatch
        {
            Probability = Math.Min(1, own),
            Margin = Math.Min(1, own) - other,
            Declined = classes.Any(c => answers.Declined[c]),
            BestClass = best,
        };
    }

    /// <summary>Probability of each class that has any: the classifier's, and for classes without a column the nearest questions'.</summary>
    private Dictionary<int, double> Probabilities(in QuestionVector vector, ReadOnlySpan<float> similarities)
    {
        var probabilities = new Dictionary<int, double>();
        double left = 1;
        if (classifier is not null)
        {
            var columns = classifier.Classify(vector);
            for (var i = 0; i < classifier.Classes; i++)
                probabilities[i] = columns[i];
            left = classifier.HasOther ? columns[^1] : 0;
        }

        if (left <= 0)
            return probabilities;
        var votes = Votes(similarities, classifier?.Classes ?? 0);
        var sum = votes.Values.Sum();
        foreach (var (voted, vote) in votes)
            probabilities[voted] = left * vote / sum;
        return probabilities;
    }

    /// <param name="similarities">One for each known question.</param>
    /// <param name="from">The first class that is voted for.</param>
    private Dictionary<int, double> Votes(ReadOnlySpan<float> similarities, int from)
    {
        var nearest = new PriorityQueue<int, float>();
        for (var i = 0; i < similarities.Length; i++)
        {
            if (similarities[i] <= 0 || ClassOf(i) < from)
                continue;
            if (nearest.Count < Nearest)
                nearest.Enqueue(i, similarities[i]);
            else if (nearest.TryPeek(out _, out var least) && similarities[i] > least)
                nearest.EnqueueDequeue(i, similarities[i]);
        }

        var votes = new Dictionary<int, double>();
        while (nearest.TryDequeue(out var known, out var similarity))
            votes[ClassOf(known)] = votes.GetValueOrDefault(ClassOf(known)) + Math.Pow(similarity, VotePower);
        return votes;
    }

    private (double Same, double Other) NearestWith(IReadOnlyList<int> classes, ReadOnlySpan<float> similarities)
    {
        float same = 0, other = 0;
        for (var i = 0; i < similarities.Length; i++)
        {
            if (similarities[i] <= Math.Min(same, other))
                continue;
            if (classes.Contains(ClassOf(i)))
                same = Math.Max(same, similarities[i]);
            else
                other = Math.Max(other, similarities[i]);
        }

        return (same, other);
    }

    private int ClassOf(int question) => answers.All[neighbours.Answers[question]].Class;
}
