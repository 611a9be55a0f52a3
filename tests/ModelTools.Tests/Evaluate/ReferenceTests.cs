using System.Text.Json;
using OnnxChat.Connector.Tests.Fixtures;
using OnnxChat.ModelTools.Tests.Fixtures;

namespace OnnxChat.ModelTools.Tests.Evaluate;

/// <summary>What <c>evaluate</c> measures against the reference stack's figures for the same weights.</summary>
public class ReferenceTests(TinyModels models) : IClassFixture<TinyModels>
{
    private const double Tolerance = 1e-4;

    [Fact]
    public async Task Evaluate_Float32_HasTheReferenceStacksLoss()
    {
        // The reference texts have no space of its own before the answer; the card's template has.
        var measured = await EvaluationRun.MeasureAsync(models.FolderOfFloats, EvaluationRun.ReferenceInput(), "--compare-template");

        var expected = EvaluationRun.ReferenceLoss;
        var model = measured.GetProperty("models")[1];
        Assert.EndsWith("<|ASSISTANT|>", model.GetProperty("prompt").GetString(), StringComparison.Ordinal);
        foreach (var name in new[] { "loss", "perplexity", "answer_loss", "answer_perplexity" })
            Assert.Equal(expected.GetProperty(name).GetDouble(), model.GetProperty("overall").GetProperty(name).GetDouble(), Tolerance);
        Assert.All(expected.GetProperty("items").EnumerateArray().Zip(model.GetProperty("items").EnumerateArray()), pair =>
        {
            var (wanted, item) = pair;
            Assert.Equal(wanted.GetProperty("tokens").GetInt32(), item.GetProperty("tokens").GetInt32());
            Assert.Equal(wanted.GetProperty("answer_tokens").GetInt32(), item.GetProperty("answer_tokens").GetInt32());
            Assert.Equal(wanted.GetProperty("nll").GetDouble() / wanted.GetProperty("tokens").GetInt32(), item.GetProperty("loss").GetDouble(), Tolerance);
            Assert.Equal(wanted.GetProperty("answer_nll").GetDouble() / wanted.GetProperty("answer_tokens").GetInt32(), item.GetProperty("answer_loss").GetDouble(), Tolerance);
        });
    }

    [Fact]
    public async Task Evaluate_ReplyThatIsTheWantedAnswer_IsAsConfidentAsTheAnswerIsLikely()
    {
        var measured = await EvaluationRun.MeasureAsync(models.FolderOfFloats, EvaluationRun.ReferenceInput(), "--compare-template");

        var exact = measured.GetProperty("models")[1].GetProperty("items").EnumerateArray().Where(i => i.GetProperty("exact_match").GetBoolean()).ToList();
        Assert.True(exact.Count > 30, $"{exact.Count} replies are the wanted answer.");
        Assert.All(exact, item => Assert.Equal(-item.GetProperty("answer_loss").GetDouble(), item.GetProperty("confidence").GetDouble(), Tolerance));
    }

    [Fact]
    public async Task Evaluate_Float32Greedy_RepliesAsTheReferenceStack()
    {
        var items = GenerationFixture.Load().Items.Where(i => !string.IsNullOrWhiteSpace(i.User)).ToList();

        var measured = await EvaluationRun.MeasureAsync(models.FolderOfFloats, string.Join('\n', items.Select(i => EvaluationRun.Line(i.User, "unknown"))));

        var replies = measured.GetProperty("models")[0].GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(items.Count, replies.Count);
        var tokenizer = TinyTokenizerFolder.Open(models.FolderOfFloats);
        Assert.All(items.Zip(replies), pair => Assert.Equal(tokenizer.Reply(pair.First.GreedyIds), pair.Second.GetProperty("reply").GetString()));
    }

    [Fact]
    public async Task Evaluate_Int8AgainstFloat32_CostsNextToNothingAndRepeats()
    {
        var first = await EvaluationRun.MeasureAsync(models.FolderOfFloats, EvaluationRun.ReferenceInput(), "--compare", models.FolderOfBytes);
        var second = await EvaluationRun.MeasureAsync(models.FolderOfFloats, EvaluationRun.ReferenceInput(), "--compare", models.FolderOfBytes);

        var comparison = first.GetProperty("comparison");
        Assert.Equal(comparison.GetRawText(), second.GetProperty("comparison").GetRawText());
        // Whether so small a cost stands out of chance at all is the processor's rounding.
        Assert.Matches("^int8 costs (next to nothing against f32|nothing against f32 that 60 conversations can show): ", comparison.GetProperty("cost").GetString());
        Assert.All(comparison.GetProperty("metrics").EnumerateArray(), metric =>
        {
            var difference = metric.GetProperty("difference").GetDouble();
            Assert.Equal(metric.GetProperty("second").GetDouble() - metric.GetProperty("first").GetDouble(), difference, 1e-9);
            Assert.InRange(difference, metric.GetProperty("low").GetDouble(), metric.GetProperty("high").GetDouble());
        });
        var loss = Metric(comparison, "loss");
        Assert.InRange(Math.Abs(loss.GetProperty("difference").GetDouble()), 1e-6, 0.01);
    }

    [Fact]
    public async Task Evaluate_ModelsOfOtherTokenizers_SaysWhatCanBeCompared()
    {
        var other = Path.Combine(Testing.Repository.Root, "models", "starter");

        var apart = await EvaluationRun.StartAsync(models.FolderOfFloats, EvaluationRun.ReferenceInput(3), "--compare", other);
        var alike = await EvaluationRun.StartAsync(models.FolderOfFloats, EvaluationRun.ReferenceInput(3), "--compare", models.FolderOfBytes);

        Assert.Contains("different tokenizers", apart.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("tokenizers", alike.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Evaluate_TemplateWithoutTheSpace_IsShownToBeBetter()
    {
        var measured = await EvaluationRun.MeasureAsync(models.FolderOfFloats, EvaluationRun.ReferenceInput(), "--compare-template");

        var comparison = measured.GetProperty("comparison");
        Assert.StartsWith("f32 without the space at the prompt's end is better than f32: ", comparison.GetProperty("better").GetString(), StringComparison.Ordinal);
        Assert.Equal("better", Metric(comparison, "bleu").GetProperty("finding").GetString());
    }

    [Fact]
    public async Task Evaluate_SampleWithSeed_RepeatsAndAnotherSeedDiffers()
    {
        var replies = new List<string>();
        foreach (var seed in new[] { "1", "1", "2" })
        {
            var measured = await EvaluationRun.MeasureAsync(models.FolderOfFloats, EvaluationRun.ReferenceInput(), "--sample", "--seed", seed);
            replies.Add(string.Join('\n', measured.GetProperty("models")[0].GetProperty("items").EnumerateArray().Select(i => i.GetProperty("reply").GetString())));
        }

        Assert.Equal(replies[0], replies[1]);
        Assert.NotEqual(replies[0], replies[2]);
    }

    private static JsonElement Metric(JsonElement comparison, string name) =>
        comparison.GetProperty("metrics").EnumerateArray().Single(m => m.GetProperty("metric").GetString() == name);
}
