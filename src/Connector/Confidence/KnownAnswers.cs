namespace OnnxChat.Connector.Confidence;

/// <summary>The answers of the training conversations.</summary>
internal sealed class KnownAnswers
{
    // A reply with half of its words in common with an answer says something else.
    private const double LeastOverlap = 0.5;

    private readonly Dictionary<ulong, int[]> _classesByHash;
    private readonly int[][] _answersByClass;

    /// <param name="answers">Each text once a class.</param>
    /// <param name="declined">For each class, whether it says that the service cannot help.</param>
    public KnownAnswers(IReadOnlyList<KnownAnswer> answers, bool[] declined)
    {
        All = answers;
        Declined = declined;
        _classesByHash = answers.GroupBy(a => a.Hash).ToDictionary(g => g.Key, g => g.Select(a => a.Class).Distinct().ToArray());
        var byClass = answers.Select((answer, i) => (answer.Class, i)).ToLookup(a => a.Class, a => a.i);
        _answersByClass = [.. Enumerable.Range(0, declined.Length).Select(c => byClass[c].ToArray())];
    }

    public IReadOnlyList<KnownAnswer> All { get; }

    /// <summary>For each class, whether it says that the service cannot help.</summary>
    public bool[] Declined { get; }

    public int Classes => Declined.Length;

    /// <summary>The classes that a text is an answer of, whatever its case and white space.</summary>
    public IReadOnlyList<int> ClassesOf(string reply) => _classesByHash.GetValueOrDefault(AnswerText.Hash(reply), []);

    /// <summary>Finds the class whose answers a reply comes nearest to.</summary>
    /// <param name="reply">The reply.</param>
    /// <param name="candidates">Classes to look at, for a reply that is no known answer letter by letter.</param>
    /// <param name="match">1 for a known answer; otherwise the share of words in common (Dice), 0 to 1.</param>
    /// <returns>No class where the reply is like none of the candidates' answers.</returns>
    public IReadOnlyList<int> Resolve(string reply, IEnumerable<int> candidates, out double match)
    {
        match = 1;
        var exact = ClassesOf(reply);
        if (exact.Count > 0)
            return exact;

        var words = TextFeatures.WordsOf(reply);
        match = 0;
        var best = -1;
        foreach (var candidate in candidates)
        {
            foreach (var answer in _answersByClass[candidate])
            {
                var overlap = Overlap(words, All[answer].Words);
                if (overlap > match)
                    (match, best) = (overlap, candidate);
            }
        }

        return match >= LeastOverlap ? [best] : [];
    }

    private static double Overlap(uint[] first, uint[] second)
    {
        int common = 0, i = 0, j = 0;
        while (i < first.Length && j < second.Length)
        {
            if (first[i] == second[j])
                common++;
            var order = first[i].CompareTo(second[j]);
            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
        }

        return first.Length + second.Length == 0 ? 0 : 2.0 * common / (first.Length + second.Length);
    }
}
