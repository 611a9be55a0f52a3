using OnnxChat.Gpt2;
using OnnxChat.Gpt2.Checkpoints;
using OnnxChat.Gpt2.Tests.Checkpoints.Writers;

namespace OnnxChat.Fuzzing.Targets.Checkpoints;

/// <summary>A GPT-2 of one layer that fits into a few hundred bytes.</summary>
internal static class TinyTensors
{
    private static readonly Gpt2Configuration Configuration = new() { Layers = 1, Width = 4, Heads = 2, Context = 3, VocabularySize = 5, InnerWidth = 6 };

    public static TestTensor[] Create() =>
        [.. Gpt2TensorShapes.Of(Configuration).Select(pair => new TestTensor("transformer." + pair.Key, pair.Value, new float[pair.Value.Aggregate(1L, (product, length) => product * length)]))];
}
