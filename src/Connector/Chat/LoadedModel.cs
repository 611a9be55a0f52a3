using System.Text;
using Microsoft.Extensions.Logging;
using OnnxChat.Connector.Confidence;
using OnnxChat.Connector.Generation;
using OnnxChat.Connector.Generation.GenAI;
using OnnxChat.Connector.ModelFolders;
using OnnxChat.Connector.Prompting;

namespace OnnxChat.Connector.Chat;

/// <summary>A model folder, loaded and ready to answer.</summary>
internal sealed partial class LoadedModel : IAsyncDisposable
{
    private readonly GenerationQueue _queue;
    private readonly PromptFitter _fitter;
    private readonly OnnxChatPromptOverflow _overflow;
    private readonly bool _guided;

    public LoadedModel(ModelFolder folder, ICausalModel model, OnnxChatOptions options, ILogger logger, TimeProvider? time = null, CohortLimits? limits = null)
    {
        Folder = folder;
        Model = model;
        _fitter = new PromptFitter(folder.Prompts, folder.Configuration.ContextLength);
        _overflow = options.PromptOverflow;
        _guided = options.GuideReplies;
        State = new GenerationState(time ?? TimeProvider.System);
        _queue = new GenerationQueue(model, folder, options, limits ?? CohortLimits.Of(folder, options), State, time ?? TimeProvider.System, logger);
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
        return new LoadedModel(folder, LoadModel(folder, options, logger), options, logger, time);
    }

    /// <summary>Builds the prompt of a question and the request that answers it.</summary>
    /// <inheritdoc cref="Prepare(ChatRequest, ReplySettings)"/>
    public GenerationRequest Prepare(string user, string? system, ReplySettings settings) =>
        Prepare(ChatRequest.Of(user, system), settings).Request;

    /// <summary>Builds the prompt of a conversation and the request that answers it.</summary>
    /// <exception cref="OnnxChatPromptTooLongException">The prompt leaves no room for a reply.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A setting is outside its range.</exception>
    /// <exception cref="NotSupportedException">A message of the prompt has parts that are not text.</exception>
    public PreparedReply Prepare(ChatRequest request, ReplySettings settings)
    {
        settings.Validate();
        var configuration = Folder.Configuration;
        var prompt = _fitter.Fit(request.Turns, request.System, settings.MaxTokens, settings.PromptOverflow ?? _overflow);
        var room = configuration.ContextLength - prompt.Tokens.Length;
        var usual = Math.Max(1, configuration.MaxLength - prompt.Tokens.Length);
        var question = request.Turns[^1].Text;
        var lookup = Folder.Guidance?.Look(question);
        var generation = new GenerationRequest
        {
            Prompt = prompt.Tokens,
            Question = question,
            Lookup = lookup,
            Hints = lookup is null ? null : Folder.Guidance?.Of(lookup, _guided),
            MaxTokens = Math.Min(room, settings.MaxTokens ?? usual),
            Sampling = settings.ToSampling(configuration),
            StopSequences = [.. Folder.Prompts.Template.Stop, .. settings.StopSequences],
        };
        return new PreparedReply(generation, request.LeftOut + prompt.TurnsLeftOut, prompt.TokensLeftOut);
    }

    /// <summary>Generates a reply, step by step; where the folder is calibrated, the last one has the reply's score.</summary>
    public IAsyncEnumerable<GenerationStep> GenerateAsync(GenerationRequest request, CancellationToken cancellationToken)
    {
        var steps = _queue.GenerateAsync(request, cancellationToken);
        return Folder.Confidence is { } confidence && request.Question is { } question ? ScoredAsync(steps, confidence, question, request.Lookup) : steps;
    }

    public ValueTask DisposeAsync() => _queue.DisposeAsync();

    // With the reader of the reply, so that no worker waits for it.
    private static async IAsyncEnumerable<GenerationStep> ScoredAsync(IAsyncEnumerable<GenerationStep> steps, ReplyConfidence confidence, string question, QuestionLookup? lookup)
    {
        var text = new StringBuilder();
        await foreach (var step in steps.ConfigureAwait(false))
        {
            text.Append(step.Text);
            yield return step.Confidence is { } figures ? step with { Confidence = confidence.Score(question, lookup, text.ToString(), figures) } : step;
        }
    }

    private static GenAIModel LoadModel(ModelFolder folder, OnnxChatOptions options, ILogger logger)
    {
        var provider = ProviderConfiguration.Of(options);
        try
        {
            return GenAIModel.Load(folder, options.ThreadsFor(folder), provider);
        }
        catch (OnnxChatModelException e) when (options.AllowCpuFallback && ProviderConfiguration.Effective(provider, folder) is { IsCpu: false } effective)
        {
            FellBack(logger, effective.Name, e.InnerException?.Message ?? e.Message, effective.Remedy);
            return GenAIModel.Load(folder, options.ThreadsFor(folder), ProviderConfiguration.Cpu);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The processor computes the model: {Provider} cannot be used: {Reason} {Remedy}.")]
    private static partial void FellBack(ILogger logger, string provider, string reason, string remedy);
}
