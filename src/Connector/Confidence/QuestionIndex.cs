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
    private const int NearestQuestions = 12;

    // Votes fall off steeply: a question of half the similarity says next to nothing.
    private const double VotePower = 6;

    // For each known question the class of its answer.
    private readonly int[] _classOf = Array.ConvertAll(neighbours.Answers, answer => answers.All[answer].Class);

    public FeatureVocabulary Vocabulary => vocabulary;

    public KnownAnswers Answers => answers;

    public Neighbours Neighbours => neighbours;

    public LinearClassifier? Classifier => classifier;

    /// <summary>Looks a question up.</summary>
    public QuestionLookup Look(string question)
    {
        var features = TextFeatures.Of(question);
        var vector = vocabulary.Find(features);
        var rented = ArrayPool<float>.Shared.Rent(neighbours.Count);
        try
        {
            var similarities = rented.AsSpan(0, neighbours.Count);
            neighbours.Measure(vector, similarities);
            return new QuestionLookup
            {
                Probabilities = Probabilities(vector, similarities),
                Similarities = Nearest(similarities),
                SeenShare = vector.SeenShare,
                IsKnown = vector.Norm > 0,
                IsChinese = features.IsChinese,
                Characters = features.Characters,
            };
        }
        finally
        {
            ArrayPool<float>.Shared.Return(rented);
        }
    }

    /// <summary>Looks a question and its reply up.</summary>
    public IndexMatch Match(string question, string reply) => Match(Look(question), reply);

    /// <summary>Compares a reply with what was looked up for its question.</summary>
    public IndexMatch Match(QuestionLookup question, string reply)
    {
        var classes = answers.Resolve(reply, question.Probabilities.OrderByDescending(p => p.Value).ThenBy(p => p.Key).Take(NearestQuestions).Select(p => p.Key), out var match);
        float same = 0, other = 0;
        for (var i = 0; i < question.Similarities.Length; i++)
        {
            if (classes.Contains(i))
                same = Math.Max(same, question.Similarities[i]);
            else
                other = Math.Max(other, question.Similarities[i]);
        }

        return Describe(question.Probabilities, classes) with
        {
            SameSimilarity = same,
            OtherSimilarity = other,
            AnswerMatch = match,
            SeenShare = question.SeenShare,
            IsChinese = question.IsChinese,
            QuestionCharacters = question.Characters,
        };
    }

    private IndexMatch Describe(IReadOnlyDictionary<int, double> probabilities, IReadOnlyList<int> classes)
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
            if (similarities[i] <= 0 || _classOf[i] < from)
                continue;
            if (nearest.Count < NearestQuestions)
                nearest.Enqueue(i, similarities[i]);
            else if (nearest.TryPeek(out _, out var least) && similarities[i] > least)
                nearest.EnqueueDequeue(i, similarities[i]);
        }

        var votes = new Dictionary<int, double>();
        while (nearest.TryDequeue(out var known, out var similarity))
            votes[_classOf[known]] = votes.GetValueOrDefault(_classOf[known]) + Math.Pow(similarity, VotePower);
        return votes;
    }

    /// <summary>For each class the similarity of its nearest question.</summary>
    private float[] Nearest(ReadOnlySpan<float> similarities)
    {
        var nearest = new float[answers.Classes];
        for (var i = 0; i < similarities.Length; i++)
        {
            if (similarities[i] > nearest[_classOf[i]])
                nearest[_classOf[i]] = similarities[i];
        }

        return nearest;
    }
}
