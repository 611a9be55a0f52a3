using Microsoft.Extensions.Logging;
using OnnxChat.Connector.Generation;
using OnnxChat.Connector.Generation.GenAI;
using OnnxChat.Connector.ModelFolders;

namespace OnnxChat.Connector.Chat;

/// <summary>A model folder, loaded and ready to answer.</summary>
internal sealed class LoadedModel : IAsyncDisposable
{
    private readonly GenerationQueue _queue;

    public LoadedModel(ModelFolder folder, ICausalModel model, OnnxChatOptions options, ILogger logger, TimeProvider? time = null, CohortLimits? limits = null)
    {
        Folder = folder;
        Model = model;
        State = new GenerationState(time ?? TimeProvider.System);
        _queue = new GenerationQueue(model, folder, options, limits ?? CohortLimits.Of(folder.Configuration, options), State, time ?? TimeProvider.System, logger);
    }

    public ModelFolder Folder { get; }

    public ICausalModel Model { get; }

    /// <summary>What its workers are doing.</summary>
    public GenerationState State { get; }

    /// <summary>Requests that wait for a worker.</summary>
    public int Waiting => _queue.Waiting;

    /// <exception cref="OnnxChatModelException">The folder cannot be used.</exception>
    public static LoadedModel Load(OnnxChatOptions options, ILogger logger, TimeProvider? time = null)
    {
        var folder = ModelFolder.Open(options.ModelPath);
        return new LoadedModel(folder, GenAIModel.Load(folder, options.EffectiveThreads), options, logger, time);
    }

    /// <summary>Builds the prompt of a question and the request that answers it.</summary>
    /// <exception cref="OnnxChatPromptTooLongException">The prompt leaves no room for a reply.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A setting is outside its range.</exception>
    public GenerationRequest Prepare(string user, string? system, ReplySettings settings)
    {
        settings.Validate();
        var configuration = Folder.Configuration;
        var prompt = Folder.Prompts.Build(user, system);
        if (prompt.Length >= configuration.ContextLength)
            throw new OnnxChatPromptTooLongException(prompt.Length, configuration.ContextLength);

        var room = configuration.ContextLength - prompt.Length;
        var usual = Math.Max(1, configuration.MaxLength - prompt.Length);
        return new GenerationRequest
        {
            Prompt = prompt,
            MaxTokens = Math.Min(room, settings.MaxTokens ?? usual),
            Sampling = settings.ToSampling(configuration),
            StopSequences = [.. Folder.Prompts.Template.Stop, .. settings.StopSequences],
        };
    }

    public IAsyncEnumerable<GenerationStep> GenerateAsync(GenerationRequest request, CancellationToken cancellationToken) =>
        _queue.GenerateAsync(request, cancellationToken);

    public ValueTask DisposeAsync() => _queue.DisposeAsync();
}
