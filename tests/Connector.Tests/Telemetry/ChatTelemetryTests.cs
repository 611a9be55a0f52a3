using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using OnnxChat.Connector.Tests.Fixtures;

namespace OnnxChat.Connector.Tests.Telemetry;

public sealed class ChatTelemetryTests : IDisposable
{
    private static readonly int Vocabulary = StarterModel.Vocabulary;
    private static readonly int Word = StarterModel.Word;
    private static readonly int End = StarterModel.End;

    // Meters and sources are the process's; a name of its own tells this test's service from those beside it.
    private readonly string _model = "model-" + Guid.NewGuid().ToString("n");
    private readonly ConcurrentQueue<Activity> _spans = [];
    private readonly ActivityListener _listener;

    public ChatTelemetryTests()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == OnnxChatService.TelemetryName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span =>
            {
                if (span.DisplayName.EndsWith(_model, StringComparison.Ordinal))
                    _spans.Enqueue(span);
            },
        };
        ActivitySource.AddActivityListener(_listener);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _listener.Dispose();

    [Fact]
    public async Task GetResponse_CompleteReply_HasOneSpanByTheConventions()
    {
        await using var service = new ScriptedModel(position => position < 2 ? Word : End, Vocabulary).Serve(o => o.ModelId = _model);
        using var parent = new Activity("turn").Start();

        await service.GetResponseAsync("hi", new ChatOptions { MaxOutputTokens = 9, Temperature = 0.5f, TopK = 4, TopP = 0.25f, Seed = 6, StopSequences = ["x"] }, Cancel);

        var span = Assert.Single(_spans);
        Assert.Equal($"chat {_model}", span.DisplayName);
        Assert.Equal(ActivityKind.Internal, span.Kind);
        Assert.Equal(parent.SpanId, span.ParentSpanId);
        Assert.Same(parent, Activity.Current);
        Assert.Equal(ActivityStatusCode.Unset, span.Status);
        Assert.Equal("chat", span.GetTagItem("gen_ai.operation.name"));
        Assert.Equal("onnxchat", span.GetTagItem("gen_ai.provider.name"));
        Assert.Equal(_model, span.GetTagItem("gen_ai.request.model"));
        Assert.Equal(_model, span.GetTagItem("gen_ai.response.model"));
        Assert.Equal(9, span.GetTagItem("gen_ai.request.max_tokens"));
        Assert.Equal(0.5, span.GetTagItem("gen_ai.request.temperature"));
        Assert.Equal(4, span.GetTagItem("gen_ai.request.top_k"));
        Assert.Equal(0.25, span.GetTagItem("gen_ai.request.top_p"));
        Assert.Equal(6L, span.GetTagItem("gen_ai.request.seed"));
        Assert.Equal(["x"], (string[])span.GetTagItem("gen_ai.request.stop_sequences")!);
        Assert.Equal(["stop"], (string[])span.GetTagItem("gen_ai.response.finish_reasons")!);
        Assert.Equal(3, span.GetTagItem("gen_ai.usage.output_tokens"));
        Assert.True((int)span.GetTagItem("gen_ai.usage.input_tokens")! > 3);
        Assert.DoesNotContain(span.TagObjects, t => t.Value is string text && text.Contains("hi", StringComparison.Ordinal) && t.Key != "gen_ai.operation.name" && !text.Contains("chat", StringComparison.Ordinal));
    }

    [Fact]
    public async Task GetResponse_PromptIsTooLong_HasASpanAndADurationWithTheError()
    {
        using var metrics = new RecordedMetrics(_model);
        await using var service = new ScriptedModel(_ => End, Vocabulary).Serve(o => o.ModelId = _model);

        await Assert.ThrowsAsync<OnnxChatPromptTooLongException>(() => service.GetResponseAsync(new string('x', 5000), cancellationToken: Cancel));

        var span = Assert.Single(_spans);
        Assert.Equal(ActivityStatusCode.Error, span.Status);
        Assert.Equal(typeof(OnnxChatPromptTooLongException).FullName, span.GetTagItem("error.type"));
        Assert.Equal(typeof(OnnxChatPromptTooLongException).FullName, Assert.Single(metrics.Of("gen_ai.client.operation.duration")).Tags["error.type"]);
        Assert.Empty(metrics.Of("gen_ai.server.time_to_first_token"));
    }

    [Fact]
    public async Task GetStreamingResponse_ReaderLeaves_EndsTheSpanAsCancelled()
    {
        await using var service = new ScriptedModel(_ => Word, Vocabulary).Serve(o => o.ModelId = _model);

        await foreach (var update in service.GetStreamingResponseAsync("hi", cancellationToken: Cancel))
            break;

        Assert.Equal(typeof(OperationCanceledException).FullName, Assert.Single(_spans).GetTagItem("error.type"));
    }

    [Fact]
    public async Task GetResponse_CompleteReply_MeasuresTimesTokensAndBatches()
    {
        using var metrics = new RecordedMetrics(_model);
        var time = new FakeTimeProvider();
        var model = new ScriptedModel(position => position < 4 ? Word : End, Vocabulary)
        {
            BeforeStart = _ => time.Advance(TimeSpan.FromSeconds(2)),
            BeforeStep = () => time.Advance(TimeSpan.FromSeconds(0.5)),
        };
        await using var service = model.Serve(o => o.ModelId = _model, time);
        await service.LoadAsync(Cancel);

        var usage = (await service.GetResponseAsync("hi", cancellationToken: Cancel)).Usage!;

        // The reader may see a token only after the worker has gone on, so times are at least these.
        Assert.InRange(Assert.Single(metrics.Of("gen_ai.client.operation.duration")).Value, 4, 4);
        Assert.InRange(Assert.Single(metrics.Of("gen_ai.server.request.duration")).Value, 4, 4);
        Assert.InRange(Assert.Single(metrics.Of("gen_ai.server.time_to_first_token")).Value, 2, 4);
        Assert.InRange(Assert.Single(metrics.Of("gen_ai.server.time_per_output_token")).Value, 0, 0.5);
        var tokens = metrics.Of("gen_ai.client.token.usage").ToDictionary(m => (string)m.Tags["gen_ai.token.type"]!, m => m.Value);
        Assert.Equal((usage.InputTokenCount!.Value, 5), (tokens["input"], tokens["output"]));
        Assert.Equal([1, 1, 1, 1, 1], metrics.Of("onnxchat.batch.size").Select(m => m.Value));
        Assert.Equal("chat", metrics.Of("gen_ai.server.request.duration")[0].Tags["gen_ai.operation.name"]);
    }

    [Fact]
    public async Task Gauges_RequestsRunAndWait_CountThem()
    {
        using var metrics = new RecordedMetrics(_model);
        using var gate = new Gate();
        await using var service = new ScriptedModel(_ => End, Vocabulary) { BeforeStart = _ => gate.Pass() }.Serve(o => o.ModelId = _model);
        var running = service.GetResponseAsync("hi", cancellationToken: Cancel);
        await gate.Reached.WaitAsync(Cancel);
        var waiting = Enumerable.Range(0, 3).Select(_ => service.GetResponseAsync("hi", cancellationToken: Cancel)).ToList();
        while (service.GetStatus().Waiting < 3)
            await Task.Yield();

        Assert.Equal(3, metrics.Of("onnxchat.queue.depth")[^1].Value);
        Assert.Equal(1, metrics.Of("onnxchat.replies.running")[^1].Value);

        gate.Open();
        await Task.WhenAll([running, .. waiting]);
        Assert.Equal(0, metrics.Of("onnxchat.queue.depth")[^1].Value);
    }

    [Theory]
    [InlineData(true, LogLevel.Trace, true)]
    [InlineData(true, LogLevel.Debug, false)]
    [InlineData(false, LogLevel.Trace, false)]
    public async Task Log_PromptAndReply_OnlyAtTraceAndWhenEnabled(bool enabled, LogLevel level, bool expected)
    {
        using var log = new RecordingLog(level);
        await using var service = new OnnxChatService(new OnnxChatOptions { ModelPath = StarterModel.Folder, EnableSensitiveData = enabled }, log);

        await service.GetResponseAsync(StarterModel.Question, cancellationToken: Cancel);

        Assert.Equal(expected, log.Entries.Any(e => e.Message.Contains(StarterModel.Question, StringComparison.Ordinal)));
        Assert.Equal(expected, log.Entries.Any(e => e.Message.Contains(StarterModel.Answer, StringComparison.Ordinal)));
        Assert.DoesNotContain(log.Entries, e => e.Level > LogLevel.Trace && e.Message.Contains(StarterModel.Question, StringComparison.Ordinal));
    }
}
