using System.Numerics.Tensors;
using Microsoft.Extensions.Logging.Abstractions;
using OnnxChat.Connector;
using OnnxChat.Connector.Chat;
using OnnxChat.Connector.Generation;
using OnnxChat.Connector.Generation.GenAI;
using OnnxChat.Connector.ModelFolders;
using OnnxChat.Connector.Tests.Fixtures;
using OnnxChat.Gpt2.Verification;
using OnnxChat.ModelTools.Tests.Fixtures;
using OnnxChat.Testing;

namespace OnnxChat.ModelTools.Tests.Reference;

/// <summary>An imported model, run as a service runs it, against the outputs of PyTorch and transformers.</summary>
public class ReferenceStackTests(TinyModels models) : IClassFixture<TinyModels>
{
    private const int Vocabulary = 1005;
    private static readonly IReadOnlyList<GenerationFixture.Item> Items = GenerationFixture.Load().Items;
    private static readonly Dictionary<string, float[]> Logits = Safetensors.Read(Repository.Fixture("gpt2-tiny", "logits.safetensors"));

    [Fact]
    public void Float32_LastLogitsOfAllItems_EqualTheReference()
    {
        using var model = GenAIModel.Load(ModelFolder.Open(models.FolderOfFloats), threads: 1);
        for (var i = 0; i < Items.Count; i++)
        {
            using var sequence = model.Start([Items[i].PromptIds], Items[i].PromptIds.Length + 1);
            AssertClose(Logits["last_logits"].AsSpan(i * Vocabulary, Vocabulary), sequence.Logits(0));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(40)]
    public void Float32_LogitsAtEveryPosition_EqualTheReference(int item)
    {
        var prompt = Items[item].PromptIds;
        using var model = GenAIModel.Load(ModelFolder.Open(models.FolderOfFloats), threads: 1);
        using var sequence = model.Start([prompt.AsMemory(0, 1)], prompt.Length + 1);
        for (var position = 0; position < prompt.Length; position++)
        {
            if (position > 0)
                sequence.Step(prompt.AsSpan(position, 1));
            AssertClose(Logits[$"all_logits_{item}"].AsSpan(position * Vocabulary, Vocabulary), sequence.Logits(0));
        }
    }

    [Fact]
    public async Task Float32_Greedy_GivesTheReferencePromptsAndContinuations()
    {
        await using var model = Load(models.FolderOfFloats);
        foreach (var item in Items)
        {
            var request = model.Prepare(item.User, null, new ReplySettings { Temperature = 0 });

            Assert.Equal(item.PromptIds, request.Prompt.ToArray());
            Assert.Equal(item.GreedyIds, await TokensAsync(model, request));
        }
    }

    [Fact]
    public async Task Float32_GreedyAllAtOnce_GivesTheSameContinuationsAsAlone()
    {
        await using var model = Load(models.FolderOfFloats);

        var all = await Task.WhenAll(Items.Select(item => TokensAsync(model, model.Prepare(item.User, null, new ReplySettings { Temperature = 0 }))));

        Assert.Equal(Items.Select(i => i.GreedyIds), all);
    }

    // A cache of a few steps is outgrown several times by every reply, and prompts come in chunks or a few rows at a time.
    [Theory]
    [InlineData(5, 256, 4096)]
    [InlineData(5, 3, 1)]
    [InlineData(256, 256, 200)]
    public async Task Float32_CachesAndPrefillsAreSmall_GivesTheSameContinuations(int firstSteps, int chunk, int prefillTokens)
    {
        var folder = ModelFolder.Open(models.FolderOfFloats);
        var options = new OnnxChatOptions { ModelPath = folder.Path };
        var limits = CohortLimits.Of(folder, options) with { FirstSteps = firstSteps, PrefillChunk = chunk, PrefillTokens = prefillTokens };
        await using var model = new LoadedModel(folder, GenAIModel.Load(folder, threads: 1), options, NullLogger.Instance, limits: limits);

        var all = await Task.WhenAll(Items.Select(item => TokensAsync(model, model.Prepare(item.User, null, new ReplySettings { Temperature = 0 }))));

        Assert.Equal(Items.Select(i => i.GreedyIds), all);
    }

    // Rows of a batch are padded to the longest prompt and leave at different steps.
    [Fact]
    public void Float32_RowsOfABatch_HaveTheLogitsOfASingleRowAtEveryStep()
    {
        var items = Items.Take(8).ToList();
        using var model = GenAIModel.Load(ModelFolder.Open(models.FolderOfFloats), threads: 1);
        using var batch = model.Start([.. items.Select(i => (ReadOnlyMemory<int>)i.PromptIds)], 200);
        var alone = items.ConvertAll(i => model.Start([i.PromptIds], 200));
        for (var step = 0; step < 12; step++)
        {
            for (var row = 0; row < items.Count; row++)
                AssertClose(alone[row].Logits(0), batch.Logits(row));
            var tokens = items.Select(i => i.GreedyIds[step]).ToArray();
            batch.Step(tokens);
            for (var row = 0; row < items.Count; row++)
                alone[row].Step(tokens.AsSpan(row, 1));
        }

        alone.ForEach(a => a.Dispose());
    }

    [Fact]
    public async Task Float32_CardSamplingWhereTheReferenceHasOneContinuation_GivesItWithEverySeed()
    {
        await using var model = Load(models.FolderOfFloats);
        var certain = Items.Where(i => i.SampledIds.Length == 1).ToList();
        Assert.Equal(34, certain.Count);
        foreach (var item in certain)
        {
            for (var seed = 0; seed < 3; seed++)
            {
                var tokens = await TokensAsync(model, model.Prepare(item.User, null, new ReplySettings { Seed = seed }));
                Assert.Equal(item.SampledIds[0], tokens);
            }
        }
    }

    // Six seeds do not find every continuation, so ours may be another one; but each of theirs must be one of ours.
    [Fact]
    public void Float32_CardSamplingWhereTheReferenceHasSeveral_CanGiveEachOfThem()
    {
        using var model = GenAIModel.Load(ModelFolder.Open(models.FolderOfFloats), threads: 1);
        var card = new SamplingSettings { Temperature = 1, TopK = 50, TopP = 0.3, RepetitionPenalty = 1 };
        foreach (var item in Items.Where(i => i.SampledIds.Length > 1))
        {
            foreach (var continuation in item.SampledIds)
            {
                using var sequence = model.Start([item.PromptIds], item.PromptIds.Length + continuation.Length);
                var sampler = new Sampler(card, Vocabulary);
                for (var i = 0; i < continuation.Length; i++)
                {
                    if (i > 0)
                        sequence.Step(continuation.AsSpan(i - 1, 1));
                    Assert.Contains(sampler.Distribution(sequence.Logits(0)), kept => kept.Token == continuation[i]);
                }
            }
        }
    }

    [Fact]
    public void Int8_DistributionAfterAllPrompts_IsCloseToFloat32()
    {
        var comparison = new LogitsComparison();
        using var f32 = GenAIModel.Load(ModelFolder.Open(models.FolderOfFloats), threads: 1);
        using var int8 = GenAIModel.Load(ModelFolder.Open(models.FolderOfBytes), threads: 1);
        foreach (var item in Items)
        {
            using var expected = f32.Start([item.PromptIds], item.PromptIds.Length + 1);
            using var actual = int8.Start([item.PromptIds], item.PromptIds.Length + 1);
            comparison.BeginPrompt();
            comparison.Add(expected.Logits(0), actual.Logits(0));
        }

        Assert.Equal(44, comparison.Result.Positions);
        Assert.InRange(comparison.Result.MeanKl, 1e-9, 0.005);
    }

    [Fact]
    public async Task Int8_Greedy_GivesTheRepliesOfFloat32ForAtLeast40Of44()
    {
        await using var f32 = Load(models.FolderOfFloats);
        await using var int8 = Load(models.FolderOfBytes);
        var same = 0;
        foreach (var item in Items)
        {
            var settings = new ReplySettings { Temperature = 0 };
            if (await TextAsync(f32, f32.Prepare(item.User, null, settings)) == await TextAsync(int8, int8.Prepare(item.User, null, settings)))
                same++;
        }

        Assert.InRange(same, 40, 44);
    }

    private static LoadedModel Load(string folder) => LoadedModel.Load(new OnnxChatOptions { ModelPath = folder, Threads = 1 }, NullLogger.Instance);

    private static async Task<int[]> TokensAsync(LoadedModel model, GenerationRequest request) =>
        [.. (await StepsAsync(model, request with { WholeContinuation = true })).Select(s => s.Token)];

    private static async Task<string> TextAsync(LoadedModel model, GenerationRequest request) =>
        string.Concat((await StepsAsync(model, request)).Select(s => s.Text));

    private static async Task<List<GenerationStep>> StepsAsync(LoadedModel model, GenerationRequest request)
    {
        var steps = new List<GenerationStep>();
        await foreach (var step in model.GenerateAsync(request, TestContext.Current.CancellationToken))
            steps.Add(step);
        return steps;
    }

    private static void AssertClose(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
    {
        var difference = new float[expected.Length];
        TensorPrimitives.Subtract(expected, actual, difference);
        Assert.InRange(Math.Abs(TensorPrimitives.MaxMagnitude<float>(difference)), 0, 1e-4f);
    }
}
