using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using OnnxChat.Connector.Chat;
using OnnxChat.Connector.Generation;
using OnnxChat.Connector.Generation.GenAI;
using OnnxChat.Connector.ModelFolders;
using OnnxChat.Connector.Tests.Fixtures;

namespace OnnxChat.Connector.Tests.Conformance;

/// <summary>The service over the starter model.</summary>
public sealed class RealModelConformance : ChatServiceConformance
{
    private readonly List<CountingModel> _models = [];

    [Fact]
    public async Task GetResponse_TheTwelveQuestions_GivesTheReferenceReplies()
    {
        await using var service = Create();

        foreach (var (user, reply) in StarterModel.Questions())
            Assert.Equal(reply, (await service.GetResponseAsync(user, cancellationToken: Cancel)).Text);
    }

    [Fact]
    public async Task GetResponse_SameSeed_GivesTheSameReplyAloneAndBesideOthers()
    {
        await using var service = Create();
        ChatOptions Options(long seed) => new() { Temperature = 2, TopP = 1, TopK = 0, Seed = seed, MaxOutputTokens = 20 };

        var alone = await service.GetResponseAsync(StarterModel.Question, Options(5), Cancel);
        var beside = await Task.WhenAll(Enumerable.Range(0, 24).Select(i => service.GetResponseAsync(StarterModel.Question, i % 3 == 0 ? Options(5) : new ChatOptions { Temperature = 2 }, Cancel)));
        var other = await service.GetResponseAsync(StarterModel.Question, Options(6), Cancel);

        Assert.All(beside.Where((_, i) => i % 3 == 0), r => Assert.Equal(alone.Text, r.Text));
        Assert.NotEqual(alone.Text, other.Text);
    }

    [Fact]
    public async Task GetResponse_NoTemperatureGiven_SamplesAsTheFolderSays()
    {
        await using var service = Create();

        // The model card's top-p of 0.30 leaves one choice where the model is sure.
        for (var i = 0; i < 3; i++)
            Assert.Equal(StarterModel.Answer, (await service.GetResponseAsync(StarterModel.Question, cancellationToken: Cancel)).Text);
    }

    [Fact]
    public async Task GetService_GenAIModel_IsThereOnceLoaded()
    {
        await using var service = new OnnxChatService(StarterModel.Folder);
        Assert.Null(service.GetService<Microsoft.ML.OnnxRuntimeGenAI.Model>());

        await service.LoadAsync(Cancel);

        Assert.NotNull(service.GetService<Microsoft.ML.OnnxRuntimeGenAI.Model>());
    }

    protected override OnnxChatService Create(OnnxChatOptions options, ILoggerFactory? log) => new(options, log, null, (o, logger) =>
    {
        var folder = ModelFolder.Open(o.ModelPath);
        var model = new CountingModel(GenAIModel.Load(folder, o.ThreadsFor(folder)));
        _models.Add(model);
        return new LoadedModel(folder, model, o, logger);
    });

    protected override int Requests => _models.Sum(m => m.Rows);

    private sealed class CountingModel(ICausalModel model) : ICausalModel
    {
        private int _rows;

        public int Rows => _rows;

        public ITokenBatch Start(IReadOnlyList<ReadOnlyMemory<int>> prompts, int maxLength)
        {
            Interlocked.Add(ref _rows, prompts.Count);
            return model.Start(prompts, maxLength);
        }

        public void Dispose() => model.Dispose();
    }
}
