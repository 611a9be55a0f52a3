using OnnxChat.Connector.Confidence;
using OnnxChat.ModelTools.CommandLine;
using OnnxChat.ModelTools.Evaluate.Conversations;

namespace OnnxChat.ModelTools.Calibrate.Indexing;

/// <summary>Makes the index of known questions. The same questions and limit give the same bytes.</summary>
/// <param name="known">Conversations that the model was trained on.</param>
/// <param name="sizeLimit">Most bytes of the index's file.</param>
internal sealed class IndexBuilder(IReadOnlyList<Conversation> known, long sizeLimit)
{
    // Weights come before questions: they answer for many of them.
    private const double MostForWeights = 0.4;
    private const int BytesOfWeight = 2;

    // About what a feature takes in the file, with its part of the lists.
    private const int BytesOfFeature = 16;

    /// <exception cref="UserException">Not even the answers fit the limit.</exception>
    public QuestionIndex Build(CancellationToken cancellationToken)
    {
        var classes = AnswerClasses.Of(known);
        var questions = Distinct(classes);
        var vocabulary = VocabularyBuilder.Build(questions.ConvertAll(q => q.Features), (int)Math.Min(int.MaxValue, sizeLimit / BytesOfFeature));
        var columns = classes.Columns(vocabulary.Count);
        var dense = columns < 2 ? null : Train(vocabulary, questions, columns, classes.Count > columns, cancellationToken);
        for (var mostWeights = (long)(MostForWeights * sizeLimit / BytesOfWeight); ; mostWeights /= 2)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var classifier = dense?.Quantize((int)Math.Min(int.MaxValue, mostWeights));
            if (Fit(vocabulary, classes, classifier, questions) is { } index)
                return index;
            if (dense is null || mostWeights == 0)
                throw new UserException($"--size-limit {sizeLimit}: the {classes.Answers.All.Count} answers and {vocabulary.Count} features of the known questions do not fit. Give more, or fewer known questions.");
        }
    }

    /// <summary>Each question of a class once, in the order in which they are kept where not all can be.</summary>
    private List<KnownQuestion> Distinct(AnswerClasses classes)
    {
        var seen = new HashSet<(ulong, int)>();
        var ranks = new Dictionary<string, int>(StringComparer.Ordinal);
        var questions = new List<KnownQuestion>();
        for (var i = 0; i < known.Count; i++)
        {
            var hash = AnswerText.Hash(known[i].User);
            if (!seen.Add((hash, classes.ClassOf[i])))
                continue;
            // Of each group one before a second of any.
            var rank = 0;
            if (known[i].Group is { } group)
                ranks[group] = 1 + (rank = ranks.GetValueOrDefault(group));
            questions.Add(new KnownQuestion(TextFeatures.Of(known[i].User), classes.ClassOf[i], classes.AnswerOf[i], rank, hash));
        }

        return [.. questions.OrderBy(q => q.Rank).ThenBy(q => q.Order)];
    }

    private static DenseClassifier Train(FeatureVocabulary vocabulary, List<KnownQuestion> questions, int columns, bool hasOther, CancellationToken cancellationToken)
    {
        var labels = questions.ConvertAll(q => Math.Min(q.Class, columns));
        var classifier = new DenseClassifier(vocabulary, columns + (hasOther ? 1 : 0), hasOther);
        classifier.Train(questions.ConvertAll(q => vocabulary.Find(q.Features)), labels, cancellationToken);
        return classifier;
    }

    /// <returns>The index with as many questions as fit; null where not one does.</returns>
    private QuestionIndex? Fit(FeatureVocabulary vocabulary, AnswerClasses classes, LinearClassifier? classifier, List<KnownQuestion> questions)
    {
        var bare = Size(With(0));
        if (bare > sizeLimit)
            return null;
        for (var count = questions.Count; count > 0;)
        {
            var index = With(count);
            var size = Size(index);
            if (size <= sizeLimit)
                return index;
            count = Math.Min(count - 1, (int)(0.99 * count * (sizeLimit - bare) / (size - bare)));
        }

        return null;

        QuestionIndex With(int count) =>
            new(vocabulary, classes.Answers, NeighbourLists.Build(vocabulary, questions.GetRange(0, count)), classifier);
    }

    private static long Size(QuestionIndex index) => QuestionIndexFile.Write(index).LongLength;
}
