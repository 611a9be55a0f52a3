namespace OnnxChat.Connector.Confidence;

/// <summary>Known questions by their features (inverted lists), and how like a new question each of them is.</summary>
internal sealed class Neighbours
{
    private readonly FeatureVocabulary _vocabulary;
    private readonly int[] _starts;
    private readonly int[] _questions;
    private readonly float[] _norms;

    /// <param name="vocabulary">The features.</param>
    /// <param name="starts">For each feature where its list begins, and at the end the length of all.</param>
    /// <param name="questions">The lists, each in rising order.</param>
    /// <param name="answers">For each question its answer.</param>
    public Neighbours(FeatureVocabulary vocabulary, int[] starts, int[] questions, int[] answers)
    {
        _vocabulary = vocabulary;
        _starts = starts;
        _questions = questions;
        Answers = answers;
        _norms = Norms();
    }

    /// <summary>For each question its answer.</summary>
    public int[] Answers { get; }

    public int Count => Answers.Length;

    /// <summary>The questions that have a feature.</summary>
    public ReadOnlySpan<int> With(int feature) => _questions.AsSpan(_starts[feature].._starts[feature + 1]);

    /// <summary>Measures the cosine of the weighted features of a question and each known one.</summary>
    /// <param name="question">The question.</param>
    /// <param name="similarities">One for each known question; filled with 0 to 1.</param>
    public void Measure(in QuestionVector question, Span<float> similarities)
    {
        similarities.Clear();
        if (question.SimilarityNorm <= 0)
            return;
        foreach (var feature in question.Features)
        {
            var weight = _vocabulary.Weight(feature);
            var square = weight * weight;
            foreach (var known in With(feature))
                similarities[known] += square;
        }

        for (var i = 0; i < similarities.Length; i++)
            similarities[i] = _norms[i] > 0 ? Math.Min(1, similarities[i] / (_norms[i] * (float)question.SimilarityNorm)) : 0;
    }

    private float[] Norms()
    {
        var norms = new float[Answers.Length];
        for (var feature = 0; feature < _vocabulary.Count; feature++)
        {
            var weight = _vocabulary.Weight(feature);
            foreach (var question in With(feature))
                norms[question] += weight * weight;
        }

        for (var i = 0; i < norms.Length; i++)
            norms[i] = MathF.Sqrt(norms[i]);
        return norms;
    }
}
