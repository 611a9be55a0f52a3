using System.Numerics.Tensors;
using OnnxChat.Connector.Confidence;
using OnnxChat.Connector.Generation;

namespace OnnxChat.ModelTools.Calibrate.Indexing;

/// <summary>The classifier of an index while it is learnt: multinomial logistic regression by stochastic gradient descent.</summary>
internal sealed class DenseClassifier(FeatureVocabulary vocabulary, int columns, bool hasOther)
{
    private const int Epochs = 8;
    private const float FirstRate = 4;
    private const ulong Seed = 1;

    // Bounds the time: about 10 microseconds a question.
    private const int MostSteps = 600_000;

    private readonly float[] _weights = new float[vocabulary.Count * columns];
    private readonly float[] _biases = new float[columns];

    /// <param name="questions">What was asked.</param>
    /// <param name="labels">For each the column of its class.</param>
    /// <param name="cancellationToken">Stops the training.</param>
    public void Train(List<QuestionVector> questions, List<int> labels, CancellationToken cancellationToken)
    {
        var random = new SplitMix64(Seed);
        var order = Enumerable.Range(0, questions.Count).ToArray();
        var steps = Math.Min((long)Epochs * questions.Count, MostSteps);
        var gradient = new float[columns];
        for (var step = 0L; step < steps; step++)
        {
            var at = (int)(step % order.Length);
            if (at == 0)
                Shuffle(order, ref random);
            if (step % 1024 == 0)
                cancellationToken.ThrowIfCancellationRequested();
            var rate = FirstRate * (1 - ((float)step / steps));
            Step(questions[order[at]], labels[order[at]], rate, gradient);
        }
    }

    /// <summary>The classifier in 8 bits.</summary>
    /// <param name="mostWeights">Of more, the largest.</param>
    public LinearClassifier Quantize(int mostWeights)
    {
        var largest = Math.Abs(TensorPrimitives.MaxMagnitude<float>(_weights));
        var scale = (largest > 0 ? largest : 1) / sbyte.MaxValue;
        var least = LeastKept(scale, mostWeights);
        var starts = new int[vocabulary.Count + 1];
        var kept = new List<ushort>();
        var weights = new List<sbyte>();
        for (var feature = 0; feature < vocabulary.Count; feature++)
        {
            for (var column = 0; column < columns; column++)
            {
                var weight = (int)MathF.Round(_weights[(feature * columns) + column] / scale);
                if (Math.Abs(weight) < least)
                    continue;
                kept.Add((ushort)column);
                weights.Add((sbyte)weight);
            }

            starts[feature + 1] = kept.Count;
        }

        return new LinearClassifier(vocabulary, [.. _biases], hasOther, scale, starts, [.. kept], [.. weights]);
    }

    private void Step(in QuestionVector question, int label, float rate, float[] gradient)
    {
        if (question.Norm <= 0)
            return;
        _biases.CopyTo(gradient, 0);
        foreach (var feature in question.Features)
            TensorPrimitives.MultiplyAdd(Row(feature), (float)(vocabulary.Weight(feature) / question.Norm), gradient, gradient);
        TensorPrimitives.SoftMax(gradient, gradient);
        gradient[label] -= 1;
        foreach (var feature in question.Features)
            TensorPrimitives.MultiplyAdd(gradient, -rate * (float)(vocabulary.Weight(feature) / question.Norm), Row(feature), Row(feature));
        // A bias has no more weight than a feature has.
        TensorPrimitives.MultiplyAdd(gradient, -rate / MathF.Sqrt(question.Features.Length + 1), _biases, _biases);
    }

    private Span<float> Row(int feature) => _weights.AsSpan(feature * columns, columns);

    private int LeastKept(float scale, int mostWeights)
    {
        var counts = new long[sbyte.MaxValue + 1];
        foreach (var weight in _weights)
            counts[Math.Min(sbyte.MaxValue, (int)MathF.Round(Math.Abs(weight) / scale))]++;
        var least = counts.Length;
        for (long kept = 0; least > 1 && kept + counts[least - 1] <= mostWeights; least--)
            kept += counts[least - 1];
        return least;
    }

    private static void Shuffle(int[] order, ref SplitMix64 random)
    {
        for (var i = order.Length - 1; i > 0; i--)
        {
            var other = (int)(random.NextDouble() * (i + 1));
            (order[i], order[other]) = (order[other], order[i]);
        }
    }
}
