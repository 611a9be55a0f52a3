using System.Diagnostics;
using System.Diagnostics.Metrics;
using OnnxChat.Connector.Chat;
using OnnxChat.Connector.Hosting;

namespace OnnxChat.Connector.Telemetry;

/// <summary>
/// Spans and metrics of a service, by OpenTelemetry's semantic conventions for generative AI; what these have no name for is
/// under <c>onnxchat</c>. The model runs in this process, so the service reports as client and as server.
/// </summary>
internal sealed class ChatTelemetry : IDisposable
{
    private const string Provider = "onnxchat";

    private static readonly InstrumentAdvice<double> Seconds = new() { HistogramBucketBoundaries = [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92] };
    private static readonly InstrumentAdvice<double> SecondsPerToken = new() { HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.75, 1, 2.5] };
    private static readonly InstrumentAdvice<double> TokensPerSecond = new() { HistogramBucketBoundaries = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000] };
    private static readonly InstrumentAdvice<long> Tokens = new() { HistogramBucketBoundaries = [1, 4, 16, 64, 256, 1024, 4096, 16384, 65536, 262144] };
    private static readonly InstrumentAdvice<int> Rows = new() { HistogramBucketBoundaries = [1, 2, 4, 8, 16, 32] };

    private readonly TimeProvider _time;
    private readonly Func<ServiceStatus> _status;
    private readonly ActivitySource _source;
    private readonly Meter _meter;
    private readonly Histogram<double> _operationDuration;
    private readonly Histogram<long> _tokenUsage;
    private readonly Histogram<double> _requestDuration;
    private readonly Histogram<double> _timeToFirstToken;
    private readonly Histogram<double> _timePerOutputToken;
    private readonly Histogram<double> _speed;
    private readonly Histogram<int> _batchSize;

    /// <param name="name">Name of source and meter.</param>
    /// <param name="time">Measures durations.</param>
    /// <param name="status">What the service is doing.</param>
    public ChatTelemetry(string name, TimeProvider time, Func<ServiceStatus> status)
    {
        _time = time;
        _status = status;
        var version = typeof(ChatTelemetry).Assembly.GetName().Version?.ToString();
        _source = new ActivitySource(name, version);
        _meter = new Meter(name, version);
        _operationDuration = _meter.CreateHistogram("gen_ai.client.operation.duration", "s", "Time from a request to its complete reply.", advice: Seconds);
        _tokenUsage = _meter.CreateHistogram("gen_ai.client.token.usage", "{token}", "Tokens of prompts and of replies.", advice: Tokens);
        _requestDuration = _meter.CreateHistogram("gen_ai.server.request.duration", "s", "Time from a request to its last token.", advice: Seconds);
        _timeToFirstToken = _meter.CreateHistogram("gen_ai.server.time_to_first_token", "s", "Time from a request to its first token, of complete replies.", advice: Seconds);
        _timePerOutputToken = _meter.CreateHistogram("gen_ai.server.time_per_output_token", "s", "Time a token after the first, of complete replies.", advice: SecondsPerToken);
        _speed = _meter.CreateHistogram("onnxchat.reply.speed", "{token}/s", "Tokens a second after the first, of complete replies.", advice: TokensPerSecond);
        _batchSize = _meter.CreateHistogram("onnxchat.batch.size", "{request}", "Replies that one step of the model takes further.", advice: Rows);
        _meter.CreateObservableGauge("onnxchat.queue.depth", () => Measure(s => s.Waiting), "{request}", "Requests that wait for the model.");
        _meter.CreateObservableGauge("onnxchat.replies.running", () => Measure(s => s.Running), "{request}", "Replies that are being generated.");
    }

    /// <summary>Begins a request.</summary>
    public ChatOperation Start(string name, string model, ReplySettings settings)
    {
        var activity = _source.StartActivity($"{name} {model}", ActivityKind.Internal);
        if (activity is { IsAllDataRequested: true })
        {
            activity.SetTag("gen_ai.operation.name", name);
            activity.SetTag("gen_ai.provider.name", Provider);
            activity.SetTag("gen_ai.request.model", model);
            activity.SetTag("gen_ai.request.max_tokens", settings.MaxTokens);
            activity.SetTag("gen_ai.request.temperature", settings.Temperature);
            activity.SetTag("gen_ai.request.top_k", settings.TopK);
            activity.SetTag("gen_ai.request.top_p", settings.TopP);
            activity.SetTag("gen_ai.request.seed", settings.Seed);
            if (settings.StopSequences.Count > 0)
                activity.SetTag("gen_ai.request.stop_sequences", settings.StopSequences.ToArray());
        }

        return new ChatOperation(this, _time, name, model, activity, () => _status().ExecutionProvider);
    }

    /// <summary>A step of the model took replies further.</summary>
    public void Stepped(int rows)
    {
        if (_batchSize.Enabled)
            _batchSize.Record(rows, new KeyValuePair<string, object?>("gen_ai.request.model", _status().Model));
    }

    /// <summary>Records the measurements of a request that ended.</summary>
    /// <param name="operation">The request.</param>
    /// <param name="duration">Time it took.</param>
    /// <param name="first">Time to its first token.</param>
    /// <param name="errorType">Null for a complete reply.</param>
    public void Record(ChatOperation operation, TimeSpan duration, TimeSpan first, string? errorType)
    {
        var tags = new TagList
        {
            { "gen_ai.operation.name", operation.Name },
            { "gen_ai.provider.name", Provider },
            { "gen_ai.request.model", operation.Model },
            { "gen_ai.response.model", operation.Model },
            { "onnxchat.execution_provider", operation.ExecutionProvider },
        };
        if (errorType is not null)
            tags.Add("error.type", errorType);
        _operationDuration.Record(duration.TotalSeconds, tags);
        _requestDuration.Record(duration.TotalSeconds, tags);
        if (errorType is not null)
            return;

        _timeToFirstToken.Record(first.TotalSeconds, tags);
        if (operation.ReplyTokens > 1)
        {
            var perToken = (duration - first).TotalSeconds / (operation.ReplyTokens - 1);
            _timePerOutputToken.Record(perToken, tags);
            if (perToken > 0)
                _speed.Record(1 / perToken, tags);
        }

        _tokenUsage.Record(operation.PromptTokens, [.. tags, new("gen_ai.token.type", "input")]);
        _tokenUsage.Record(operation.ReplyTokens, [.. tags, new("gen_ai.token.type", "output")]);
    }

    private Measurement<int> Measure(Func<ServiceStatus, int> value)
    {
        var status = _status();
        return new Measurement<int>(value(status), new KeyValuePair<string, object?>("gen_ai.request.model", status.Model));
    }

    public void Dispose()
    {
        _source.Dispose();
        _meter.Dispose();
    }
}
