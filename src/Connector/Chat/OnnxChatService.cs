using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using OnnxChat.Connector.Chat;
using OnnxChat.Connector.Generation;
using OnnxChat.Connector.Hosting;
using OnnxChat.Connector.Telemetry;

namespace OnnxChat.Connector;

/// <summary>
/// Chats with a local model: one instance, one loaded model, for Semantic Kernel and Microsoft.Extensions.AI alike. How
/// much of a conversation the model reads is up to the folder's template: of a single-turn one, the system text and the
/// last user message.
/// </summary>
/// <remarks>Safe for concurrent use. The model is loaded once, at first use or by <see cref="LoadAsync"/>.</remarks>
public sealed partial class OnnxChatService : IAsyncDisposable, IDisposable
{
    /// <summary>Name of the activity source and of the meter, for OpenTelemetry's <c>AddSource</c> and <c>AddMeter</c>.</summary>
    public const string TelemetryName = "OnnxChat.Connector";

    // Names come from callers, who might make up new ones for ever.
    private const int MostWarnings = 100;

    private readonly OnnxChatOptions _options;
    private readonly Func<OnnxChatOptions, ILogger, LoadedModel> _load;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly ChatTelemetry _telemetry;
    private readonly ConcurrentDictionary<string, bool> _warned = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _loading = new(1, 1);
    private LoadedModel? _model;
    private bool _disposed;

    /// <summary>Creates the service; no file is touched yet.</summary>
    /// <param name="modelPath">The folder that <c>onnxchat import</c> wrote.</param>
    public OnnxChatService(string modelPath)
        : this(new OnnxChatOptions { ModelPath = modelPath })
    {
    }

    /// <summary>Creates the service; no file is touched yet.</summary>
    /// <param name="options">How the model is loaded and run.</param>
    /// <param name="loggerFactory">Where to log; null for nowhere.</param>
    /// <param name="timeProvider">Stamps replies; null for the system's clock.</param>
    /// <exception cref="ArgumentException">An option is outside its range.</exception>
    public OnnxChatService(OnnxChatOptions options, ILoggerFactory? loggerFactory = null, TimeProvider? timeProvider = null)
        : this(options, loggerFactory, timeProvider, (o, logger) => LoadedModel.Load(o, logger, timeProvider))
    {
    }

    internal OnnxChatService(OnnxChatOptions options, ILoggerFactory? loggerFactory, TimeProvider? timeProvider, Func<OnnxChatOptions, ILogger, LoadedModel> load)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _options = options;
        _load = load;
        _time = timeProvider ?? TimeProvider.System;
        _logger = loggerFactory?.CreateLogger<OnnxChatService>() ?? NullLogger<OnnxChatService>.Instance;
        _telemetry = new ChatTelemetry(TelemetryName, _time, GetStatus);
    }

    /// <summary>
    /// Whether each reply comes with a score and a threshold (<see cref="OnnxChatConfidence.Score"/>): its folder was
    /// calibrated by <c>onnxchat calibrate</c>. A caller that shows replies as they grow may then wait for their end.
    /// </summary>
    /// <value>False until the model is loaded.</value>
    public bool IsCalibrated => _model?.Folder.Confidence is not null;

    internal string ModelId => _options.ModelId ?? _model?.Folder.Name ?? Path.GetFileName(Path.TrimEndingDirectorySeparator(_options.ModelPath));

    /// <summary>Loads the model now, so that the first question does not wait for it.</summary>
    /// <param name="cancellationToken">Ends the wait; a load under way goes on.</param>
    /// <exception cref="OnnxChatModelException">The model folder is missing or broken; a later call tries again.</exception>
    public async Task LoadAsync(CancellationToken cancellationToken = default) =>
        await GetModelAsync(cancellationToken).ConfigureAwait(false);

    /// <summary>Ends replies under way with <see cref="ObjectDisposedException"/> and releases the model.</summary>
    public async ValueTask DisposeAsync()
    {
        await _loading.WaitAsync().ConfigureAwait(false);
        try
        {
            _disposed = true;
            if (Interlocked.Exchange(ref _model, null) is { } model)
                await model.DisposeAsync().ConfigureAwait(false);
            _telemetry.Dispose();
        }
        finally
        {
            _loading.Release();
        }
    }

    /// <inheritdoc cref="DisposeAsync"/>
    public void Dispose()
    {
#pragma warning disable VSTHRD002 // IChatClient asks for IDisposable; workers end within one step and need no context.
        DisposeAsync().AsTask().GetAwaiter().GetResult();
#pragma warning restore VSTHRD002
    }

    /// <summary>What the service is doing now.</summary>
    internal ServiceStatus GetStatus()
    {
        var model = _model;
        return new ServiceStatus(ModelId, Path.GetFullPath(_options.ModelPath), model?.Model.ExecutionProvider, model is not null, model?.Waiting ?? 0, _options.QueueLimit, model?.State.Running ?? 0, model?.State.SinceLastStep ?? TimeSpan.Zero);
    }

    internal async Task<LoadedModel> GetModelAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_model is { } loaded)
            return loaded;

        await _loading.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_model is null)
            {
                var started = _time.GetTimestamp();
                var model = await Task.Run(() => _load(_options, _logger), CancellationToken.None).ConfigureAwait(false);
                model.State.StepCompleted += _telemetry.Stepped;
                _model = model;
                var elapsed = _time.GetElapsedTime(started);
                Loaded(_logger, _model.Folder.Name, _model.Folder.Path, _model.Model.ExecutionProvider, elapsed);
            }

            return _model;
        }
        finally
        {
            _loading.Release();
        }
    }

    /// <summary>Streams a reply; the last update has the end.</summary>
    private async IAsyncEnumerable<ReplyUpdate> ReplyAsync(ChatRequest request, ReplySettings settings, string operationName, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var operation = _telemetry.Start(operationName, ModelId, settings);
        var steps = StepsAsync(request, settings, operation, cancellationToken).GetAsyncEnumerator(CancellationToken.None);
        await using var disposal = steps.ConfigureAwait(false);
        var trimmer = new ReplyTrimmer();
        var said = _options.EnableSensitiveData && _logger.IsEnabled(LogLevel.Trace) ? new StringBuilder() : null;
        while (true)
        {
            try
            {
                if (!await steps.MoveNextAsync().ConfigureAwait(false))
                    break;
            }
            catch (Exception e)
            {
                operation.Fail(e);
                throw;
            }

            operation.AddToken();
            var step = steps.Current;
            var text = trimmer.Append(step.Text);
            var end = step.Finish is { } finish ? operation.End(finish, step.Confidence!) : null;
            said?.Append(text);
            if (end is not null && said?.ToString() is { } reply)
                Reply(_logger, reply);
            if (text.Length > 0 || end is not null)
                yield return new ReplyUpdate(text, end);
        }
    }

    private async IAsyncEnumerable<GenerationStep> StepsAsync(ChatRequest request, ReplySettings settings, ChatOperation operation, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var model = await GetModelAsync(cancellationToken).ConfigureAwait(false);
        var prepared = model.Prepare(request, settings);
        operation.Prepared = prepared;
        if (prepared.MessagesLeftOut > 0)
            MessagesLeftOut(_logger, prepared.MessagesLeftOut);
        if (prepared.TokensLeftOut > 0)
            QuestionCut(_logger, prepared.TokensLeftOut);
        if (_options.EnableSensitiveData)
            Question(_logger, request.System, request.Turns[^1].Text);

        await foreach (var step in model.GenerateAsync(prepared.Request, cancellationToken).ConfigureAwait(false))
            yield return step;
    }

    private async Task<(string Text, ReplyEnd End)> WholeReplyAsync(ChatRequest request, ReplySettings settings, string operationName, CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        ReplyEnd? end = null;
        await foreach (var update in ReplyAsync(request, settings, operationName, cancellationToken).ConfigureAwait(false))
        {
            text.Append(update.Text);
            end = update.End;
        }

        return (text.ToString(), end ?? throw new InvalidOperationException("The reply ended without a finish reason."));
    }

    /// <summary>Warns of settings that are left out, of each once.</summary>
    private void WarnOnce(IReadOnlyList<IgnoredSetting> ignored)
    {
        foreach (var setting in ignored)
        {
            if (_warned.Count < MostWarnings && _warned.TryAdd(setting.Name, true))
                SettingIgnored(_logger, setting.Name, setting.Reason);
        }
    }

    private static string NewId() => "onnxchat-" + Guid.NewGuid().ToString("n");

    [LoggerMessage(Level = LogLevel.Information, Message = "Loaded model {Model} from {Folder} for {ExecutionProvider} in {Elapsed}.")]
    private static partial void Loaded(ILogger logger, string model, string folder, string executionProvider, TimeSpan elapsed);

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Count} messages are not part of the prompt: the template has no place for them, or they do not fit.")]
    private static partial void MessagesLeftOut(ILogger logger, int count);

    [LoggerMessage(Level = LogLevel.Debug, Message = "The question was cut by {Count} tokens at its beginning to fit the context.")]
    private static partial void QuestionCut(ILogger logger, int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The setting {Setting} is ignored: {Reason}.")]
    private static partial void SettingIgnored(ILogger logger, string setting, string reason);

    [LoggerMessage(Level = LogLevel.Trace, Message = "Question with system text {System}: {User}")]
    private static partial void Question(ILogger logger, string? system, string user);

    [LoggerMessage(Level = LogLevel.Trace, Message = "Reply: {Text}")]
    private static partial void Reply(ILogger logger, string text);
}
