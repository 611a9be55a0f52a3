using OnnxChat.Gpt2.Export;
using OnnxChat.Gpt2.Tests.Fixtures;
using OnnxChat.Gpt2.Verification;

namespace OnnxChat.Gpt2.Tests.Export;

public sealed class GraphShapeTests
{
    private static readonly int[][] Prompts = [[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], [900, 4, 17], [1009], [44, 43, 42, 41, 40, 39, 38]];

    // Padded embedding, one layer, narrow context, inner width of its own: what real checkpoints vary in.
    private static readonly Gpt2Configuration Shape = new()
    {
        Layers = 1,
        Width = 48,
        Heads = 2,
        Context = 12,
        VocabularySize = 1010,
        InnerWidth = 80,
        LayerNormEpsilon = 1e-3,
    };

    private static readonly Dictionary<ModelPrecision, double> MostDivergence = new()
    {
        [ModelPrecision.Float16] = 1e-5,
        [ModelPrecision.Int8] = 0.005,
        [ModelPrecision.Int4] = 0.2,
    };

    public static TheoryData<Gpt2Activation, bool, ModelPrecision> Forms()
    {
        var forms = new TheoryData<Gpt2Activation, bool, ModelPrecision>();
        foreach (var activation in Enum.GetValues<Gpt2Activation>())
        {
            foreach (var precision in Enum.GetValues<ModelPrecision>())
            {
                forms.Add(activation, true, precision);
                forms.Add(activation, false, precision);
            }
        }

        return forms;
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Prefill_ShapeUnlikeGpt2_GivesWhatTheWeightsGive(Gpt2Activation activation, bool tiedHead, ModelPrecision precision)
    {
        var weights = new GeneratedWeights(Shape with { Activation = activation, TiedHead = tiedHead });
        using var model = new WrittenModel(weights, precision);

        var logits = model.Session.Prefill(Prompts);

        AssertNear(weights, logits, precision);
    }

    [Theory]
    [InlineData(32, 4, 128, ModelPrecision.Float32)] // heads of 8, the narrowest
    [InlineData(32, 4, 128, ModelPrecision.Int8)]
    [InlineData(48, 12, 128, ModelPrecision.Float32)] // heads of 4, filled up
    [InlineData(50, 5, 30, ModelPrecision.Float32)] // heads of 10, and nothing a power of two
    [InlineData(50, 5, 30, ModelPrecision.Float16)]
    [InlineData(48, 4, 128, ModelPrecision.Int8)] // heads of 12
    [InlineData(48, 4, 128, ModelPrecision.Int4)]
    [InlineData(32, 4, 128, ModelPrecision.Int4)]
    [InlineData(32, 4, 128, ModelPrecision.Float16)]
    [InlineData(192, 8, 768, ModelPrecision.Int8)] // blocks of 32 and 128
    [InlineData(256, 1, 16, ModelPrecision.Int8)] // one wide head, narrow inner layer
    public void Prefill_OtherWidths_GivesWhatTheWeightsGive(int width, int heads, int inner, ModelPrecision precision)
    {
        var weights = new GeneratedWeights(Shape with { Width = width, Heads = heads, InnerWidth = inner, Layers = 2 });
        using var model = new WrittenModel(weights, precision);

        var logits = model.Session.Prefill(Prompts);

        AssertNear(weights, logits, precision);
    }

    [Theory]
    [InlineData(ModelPrecision.Float32)]
    [InlineData(ModelPrecision.Int8)]
    public void Prefill_AttentionNotScaled_GivesWhatTheWeightsGive(ModelPrecision precision)
    {
        var weights = new GeneratedWeights(Shape with { ScaledAttention = false });
        using var model = new WrittenModel(weights, precision);

        AssertNear(weights, model.Session.Prefill(Prompts), precision);
        // Were the scores scaled all the same, this would not tell the two models apart.
        var scaled = new ForwardPass(new GeneratedWeights(Shape)).RunLast(Prompts, TestContext.Current.CancellationToken);
        var unscaled = new ForwardPass(weights).RunLast(Prompts, TestContext.Current.CancellationToken);
        Assert.True(LogitsAssert.Divergence(scaled[0].Last, unscaled[0].Last) > 1e-5);
    }

    private static void AssertNear(GeneratedWeights weights, float[][] logits, ModelPrecision precision)
    {
        var expected = new ForwardPass(weights).RunLast(Prompts, TestContext.Current.CancellationToken);
        for (var row = 0; row < Prompts.Length; row++)
        {
            if (precision == ModelPrecision.Float32)
                LogitsAssert.Near(expected[row].Last, logits[row], 1e-4f, $"row {row}");
            else
                Assert.InRange(LogitsAssert.Divergence(expected[row].Last, logits[row]), -1e-6, MostDivergence[precision]);
        }
    }
}
