namespace OnnxChat.Gpt2.Tests.Fixtures;

/// <summary>The weights of the fixtures' checkpoints.</summary>
internal sealed class FixtureWeights(Gpt2Configuration configuration, SafetensorsFixture file) : IGpt2Weights
{
    public Gpt2Configuration Configuration { get; } = configuration;

    /// <summary>tests/fixtures/gpt2-tiny.</summary>
    public static FixtureWeights Tiny() => new(
        new Gpt2Configuration { Layers = 2, Width = 64, Heads = 4, Context = 256, VocabularySize = 1005, InnerWidth = 256 },
        new SafetensorsFixture("gpt2-tiny", "checkpoints", "model.safetensors"));

    /// <summary>tests/fixtures/starter-checkpoint.</summary>
    public static FixtureWeights Starter() => new(
        new Gpt2Configuration { Layers = 4, Width = 192, Heads = 6, Context = 192, VocabularySize = 3005, InnerWidth = 768 },
        new SafetensorsFixture("starter-checkpoint", "model.safetensors"));

    public float[] Read(string name) => file.Read($"transformer.{name}");
}
