using OnnxChat.Gpt2.Export;
using OnnxChat.Gpt2.Tests.Fixtures;

namespace OnnxChat.Gpt2.Tests.Export;

public sealed class Int8GraphTests : IDisposable
{
    private const double MeanDivergenceLimit = 0.005;

    private readonly WrittenModel _model = new(FixtureWeights.Tiny(), ModelPrecision.Int8);

    [Fact]
    public void Prefill_ReferencePromptsInOneBatch_StaysNearReferenceDistributions()
    {
        var logits = _model.Session.Prefill(ReferenceLogits.Prompts);

        var mean = logits.Zip(ReferenceLogits.Last, (actual, expected) => LogitsAssert.Divergence(expected, actual)).Average();
        Assert.InRange(mean, 1e-9, MeanDivergenceLimit);
    }

    [Fact]
    public void Prefill_EachReferencePrompt_StaysNearReferenceDistributions()
    {
        var mean = ReferenceLogits.Prompts
            .Select((prompt, i) => LogitsAssert.Divergence(ReferenceLogits.Last[i], _model.Session.Prefill(prompt)[0]))
            .Average();

        Assert.InRange(mean, 1e-9, MeanDivergenceLimit);
    }

    [Fact]
    public void Step_TokenByToken_StaysNearReferenceDistributions()
    {
        var ids = ReferenceLogits.Prompts[0];
        var expected = ReferenceLogits.All(0);
        var divergences = new List<double> { LogitsAssert.Divergence(expected[0], _model.Session.Prefill(ids[..1])[0]) };

        for (var position = 1; position < ids.Length; position++)
            divergences.Add(LogitsAssert.Divergence(expected[position], _model.Session.Step([ids[position]])[0]));

        Assert.InRange(divergences.Average(), 1e-9, MeanDivergenceLimit);
    }

    [Fact]
    public void WriteModel_TiedHead_StoresTheEmbeddingOnce()
    {
        var shape = FixtureWeights.Tiny().Configuration;
        var matrices = (12L * shape.Layers * shape.Width * shape.Width) + (shape.VocabularySize * shape.Width);
        var scalesAndPositions = (matrices / shape.Width * sizeof(float)) + (shape.Context * shape.Width * sizeof(float));
        const int pages = 16 * 4096;

        var bytes = new FileInfo(Path.Combine(_model.Path, "model.onnx.data")).Length;

        Assert.InRange(bytes, matrices, matrices + scalesAndPositions + pages);
    }

    public void Dispose() => _model.Dispose();
}
