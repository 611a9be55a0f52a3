using System.Numerics.Tensors;

namespace OnnxChat.Connector.Confidence;

/// <summary>
/// Tells which class of answers a question asks for: multinomial logistic regression over its weighted features, with
/// weights of 8 bits, of which the small ones are left out.
/// </summary>
internal sealed class LinearClassifier
{
    private readonly FeatureVocabulary _vocabulary;

    public LinearClassifier(FeatureVocabulary vocabulary, float[] biases, bool hasOther, float scale, int[] starts, ushort[] columns, sbyte[] weights)
    {
        _vocabulary = vocabulary;
        Biases = biases;
        HasOther = hasOther;
        Scale = scale;
        Starts = starts;
        Columns = columns;
        Weights = weights;
    }

    /// <summary>One a column: the first classes of the index, and a last one for all others where <see cref="HasOther"/>.</summary>
    public float[] Biases { get; }

    /// <summary>Whether the last column stands for all classes that have none.</summary>
    public bool HasOther { get; }

    /// <summary>What a weight of 1 stands for.</summary>
    public float Scale { get; }

    /// <summary>For each feature where its weights begin, and at the end the number of all.</summary>
    public int[] Starts { get; }

    public ushort[] Columns { get; }

    public sbyte[] Weights { get; }

    /// <summary>Classes with a column of their own.</summary>
    public int Classes => Biases.Length - (HasOther ? 1 : 0);

    /// <summary>The probability of each column.</summary>
    public float[] Classify(in QuestionVector question)
    {
        var scores = Biases.ToArray();
        if (question.Norm > 0)
        {
            foreach (var feature in question.Features)
            {
                var factor = (float)(_vocabulary.Weight(feature) / question.Norm) * Scale;
                for (var i = Starts[feature]; i < Starts[feature + 1]; i++)
                    scores[Columns[i]] += factor * Weights[i];
            }
        }

        TensorPrimitives.SoftMax(scores, scores);
        return scores;
    }
}
