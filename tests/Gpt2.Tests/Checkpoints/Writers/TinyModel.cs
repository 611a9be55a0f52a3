using OnnxChat.Gpt2.Checkpoints;

namespace OnnxChat.Gpt2.Tests.Checkpoints.Writers;

/// <summary>A GPT-2 of one layer that fits into a few hundred bytes, with different numbers everywhere.</summary>
internal static class TinyModel
{
    public static Gpt2Configuration Configuration { get; } = new()
    {
        Layers = 1,
        Width = 4,
        Heads = 2,
        Context = 3,
        VocabularySize = 5,
        InnerWidth = 6,
    };

    /// <summary>The tensors, each name with a prefix.</summary>
    public static TestTensor[] Tensors(string prefix = "", Gpt2Configuration? configuration = null)
    {
        var next = 0;
        return [.. Gpt2TensorShapes.Of(configuration ?? Configuration).Select(pair => new TestTensor(prefix + pair.Key, pair.Value, Values(pair.Value)))];

        float[] Values(long[] shape) => [.. Enumerable.Range(0, (int)shape.Aggregate(1L, (product, length) => product * length)).Select(_ => ++next / 8f)];
    }

    /// <summary>Asserts that the weights are those of <see cref="Tensors"/>.</summary>
    public static void AssertSame(IGpt2Weights weights)
    {
        foreach (var tensor in Tensors(configuration: weights.Configuration))
            Assert.Equal(tensor.Values, weights.Read(tensor.Name));
    }
}
