using OnnxChat.Connector;
using OnnxChat.Connector.Generation;
using OnnxChat.Connector.Generation.GenAI;
using OnnxChat.Connector.ModelFolders;
using OnnxChat.ModelTools.Evaluate.Scoring;
using OnnxChat.ModelTools.Tests.Fixtures;

namespace OnnxChat.ModelTools.Tests.Evaluate;

public class TokenScorerTests(TinyModels models) : IClassFixture<TinyModels>
{
    private static readonly IProgress<double> Nobody = new Progress<double>();

    [Fact]
    public void Score_TextsOfAllLengthsTogether_IsThatOfEachAlone()
    {
        var folder = ModelFolder.Open(models.FolderOfFloats);
        using var model = GenAIModel.Load(folder, threads: 1);
        var scorer = Scorer(model, folder);
        // More than one batch, and one text as long as the context.
        var texts = Enumerable.Range(0, 40).Select(i => Text(2 + (i * 5))).Append(Text(folder.Configuration.ContextLength)).ToList();

        var together = scorer.Score(texts, Nobody, TestContext.Current.CancellationToken);

        for (var i = 0; i < texts.Count; i++)
            AssertEqual(scorer.Score([texts[i]], Nobody, TestContext.Current.CancellationToken)[0], together[i]);
    }

    [Fact]
    public void Score_EndTokenWithinAText_IsScoredToItsEndAndChangesNoTextBesideIt()
    {
        var folder = ModelFolder.Open(models.FolderOfFloats);
        using var model = GenAIModel.Load(folder, threads: 1);
        int[] ended = [5, 6, 7, folder.Configuration.EndTokens.First(), 8, folder.Configuration.PadToken, 9, 10, 11];

        var together = Scorer(model, folder).Score([Text(9), ended, Text(12)], Nobody, TestContext.Current.CancellationToken);

        AssertEqual(Scorer(model, folder).Score([Text(9)], Nobody, TestContext.Current.CancellationToken)[0], together[0]);
        // As after one pass over all that stands before the last token.
        using var batch = model.Start([ended.AsMemory(..^1)], ended.Length);
        Assert.Equal(new ConfidenceMeter().Observe(batch.Logits(0), ended[^1]), together[1][^1], 1e-4);
    }

    [Fact]
    public void Score_SmallCache_TakesFewerRowsAndGivesTheSame()
    {
        var folder = ModelFolder.Open(models.FolderOfFloats);
        using var model = GenAIModel.Load(folder, threads: 1);
        var texts = Enumerable.Range(0, 9).Select(i => Text(20 + i)).ToList();
        var small = new CohortLimits { ContextLength = folder.Configuration.ContextLength, CacheTokens = 60, Rows = 32 };

        var scores = new TokenScorer(model, folder.Configuration, small).Score(texts, Nobody, TestContext.Current.CancellationToken);

        foreach (var (expected, actual) in Scorer(model, folder).Score(texts, Nobody, TestContext.Current.CancellationToken).Zip(scores))
            AssertEqual(expected, actual);
    }

    [Fact]
    public void Score_LogitsThatAreNoNumbers_AreRefused()
    {
        var folder = ModelFolder.Open(models.FolderOfFloats);

        Assert.Throws<InvalidDataException>(() => Scorer(new BrokenModel(), folder).Score([Text(5)], Nobody, TestContext.Current.CancellationToken));
    }

    private static TokenScorer Scorer(ICausalModel model, ModelFolder folder) => new(model, folder.Configuration, CohortLimits.Of(folder, new OnnxChatOptions()));

    private static int[] Text(int length) => [.. Enumerable.Range(0, length).Select(i => 1 + (((i * 37) + length) % 999))];

    private static void AssertEqual(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-4));
    }

    private sealed class BrokenModel : ICausalModel
    {
        public ITokenBatch Start(IReadOnlyList<ReadOnlyMemory<int>> prompts, int maxLength) => new Batch();

        public void Dispose()
        {
        }

        private sealed class Batch : ITokenBatch
        {
            private static readonly float[] Damaged = [.. Enumerable.Repeat(float.NaN, 1005)];

            public ReadOnlySpan<float> Logits(int row) => Damaged;

            public void Step(ReadOnlySpan<int> tokens)
            {
            }

            public void Append(ReadOnlySpan<int> tokens)
            {
            }

            public void Dispose()
            {
            }
        }
    }
}
