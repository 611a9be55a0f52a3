using System.Diagnostics;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OnnxChat.Connector.Tests.Fixtures;

namespace OnnxChat.Connector.Tests.Conformance;

/// <content>The service under Microsoft.Extensions.AI's own middleware.</content>
public abstract partial class ChatServiceConformance
{
    [Fact]
    public async Task AsBuilder_WithMiddleware_AnswersThroughIt()
    {
        var seen = 0;
        using var pipeline = _service.AsBuilder()
            .Use(async (messages, options, next, token) =>
            {
                seen++;
                await next(messages, options, token);
            })
            .ConfigureOptions(o => o.MaxOutputTokens = 4)
            .Build();

        var response = await pipeline.GetResponseAsync(StarterModel.Question, cancellationToken: Cancel);

        Assert.Equal((1, ChatFinishReason.Length), (seen, response.FinishReason));
        Assert.Same(_service, pipeline.GetService<OnnxChatService>());
    }

    [Fact]
    public async Task UseDistributedCache_SameQuestionTwice_AsksTheModelOnce()
    {
        var cache = new MemoryDistributedCache(Options.Create(new MemoryDistributedCacheOptions()));
        using var pipeline = _service.AsBuilder().UseDistributedCache(cache).Build();

        var first = await pipeline.GetResponseAsync(StarterModel.Question, cancellationToken: Cancel);
        var second = await pipeline.GetResponseAsync(StarterModel.Question, cancellationToken: Cancel);

        Assert.Equal(1, Requests);
        Assert.Equal(StarterModel.Answer, second.Text);
        Assert.Equal((first.ResponseId, first.FinishReason, first.Usage!.TotalTokenCount), (second.ResponseId, second.FinishReason, second.Usage!.TotalTokenCount));
        Assert.NotNull(second.AdditionalProperties!["OnnxChat.Confidence"]);
    }

    [Fact]
    public async Task UseDistributedCache_SameStreamTwice_AsksTheModelOnce()
    {
        var cache = new MemoryDistributedCache(Options.Create(new MemoryDistributedCacheOptions()));
        using var pipeline = _service.AsBuilder().UseDistributedCache(cache).Build();

        for (var i = 0; i < 2; i++)
        {
            var updates = await pipeline.GetStreamingResponseAsync(StarterModel.Question, cancellationToken: Cancel).ToListAsync(Cancel);
            Assert.Equal(StarterModel.Answer, string.Concat(updates.Select(u => u.Text)));
            Assert.Equal(ChatFinishReason.Stop, updates.ToChatResponse().FinishReason);
        }

        Assert.Equal(1, Requests);
    }

    [Fact]
    public async Task UseOpenTelemetry_Question_HasASpanWithProviderModelAndUsage()
    {
        var source = "test-" + Guid.NewGuid().ToString("n");
        var spans = new List<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = s => s.Name == source,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Add,
        };
        ActivitySource.AddActivityListener(listener);
        using var pipeline = _service.AsBuilder().UseOpenTelemetry(sourceName: source).Build();

        await pipeline.GetResponseAsync(StarterModel.Question, cancellationToken: Cancel);

        var span = Assert.Single(spans);
        Assert.Equal("onnxchat", span.GetTagItem("gen_ai.provider.name"));
        Assert.Equal("trailhaven-starter", span.GetTagItem("gen_ai.response.model"));
        Assert.Equal(12, Convert.ToInt32(span.GetTagItem("gen_ai.usage.output_tokens"), null));
    }

    [Fact]
    public async Task UseLogging_Question_LogsTheCall()
    {
        using var log = new RecordingLog();
        using var pipeline = _service.AsBuilder().UseLogging(log).Build();

        await pipeline.GetResponseAsync(StarterModel.Question, cancellationToken: Cancel);

        Assert.Contains(log.Entries, e => e.Message.Contains(nameof(IChatClient.GetResponseAsync), StringComparison.Ordinal));
    }

    [Fact]
    public async Task UseFunctionInvocation_ToolsOffered_AnswersWithoutThem()
    {
        using var pipeline = _service.AsBuilder().UseFunctionInvocation().Build();
        var called = false;
        var options = new ChatOptions { Tools = [AIFunctionFactory.Create(() => called = true, "tool")] };

        Assert.Equal(StarterModel.Answer, (await pipeline.GetResponseAsync(StarterModel.Question, options, Cancel)).Text);
        Assert.False(called);
    }

    [Fact]
    public async Task GetResponse_ToolsOffered_AreIgnoredWithOneWarning()
    {
        using var log = new RecordingLog(LogLevel.Warning);
        await using var service = Create(log);
        var options = new ChatOptions { Tools = [AIFunctionFactory.Create(() => 1, "tool")], ToolMode = ChatToolMode.Auto };

        for (var i = 0; i < 2; i++)
            Assert.Equal(StarterModel.Answer, (await service.GetResponseAsync(StarterModel.Question, options, Cancel)).Text);

        Assert.Contains("ChatOptions.Tools", Assert.Single(log.Entries).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetResponse_AdditionalProperties_AreReadByTheNamesOfExecutionSettings()
    {
        using var log = new RecordingLog(LogLevel.Warning);
        await using var service = Create(log);
        var options = new ChatOptions { AdditionalProperties = new() { ["max_tokens"] = 4, ["repetition_penalty"] = 1.1, ["mystery"] = "x", ["empty"] = null } };

        for (var i = 0; i < 2; i++)
            Assert.Equal(4, (await service.GetResponseAsync(StarterModel.Question, options, Cancel)).Usage!.OutputTokenCount);
        options.MaxOutputTokens = 3;
        Assert.Equal(3, (await service.GetResponseAsync(StarterModel.Question, options, Cancel)).Usage!.OutputTokenCount);

        Assert.Contains("mystery", Assert.Single(log.Entries).Message, StringComparison.Ordinal);
    }

    // A conversation's state is the caller's, and one service has one model: the reply says which.
    [Fact]
    public async Task GetResponse_ConversationAndModelOfAnother_AnswersWithItsOwn()
    {
        var options = new ChatOptions { ConversationId = "42", ModelId = "another" };

        var response = await _service.GetResponseAsync(StarterModel.Question, options, Cancel);

        Assert.Equal(("trailhaven-starter", null), (response.ModelId, response.ConversationId));
    }

    [Fact]
    public async Task ScopedConsumer_ScopeEnds_LeavesTheServiceAlive()
    {
        await using var provider = new ServiceCollection()
            .AddSingleton<IChatClient>(_ => Create())
            .AddScoped<ScopedConsumer>()
            .BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true, ValidateOnBuild = true });

        for (var i = 0; i < 2; i++)
        {
            await using var scope = provider.CreateAsyncScope();
            Assert.Equal(StarterModel.Answer, (await scope.ServiceProvider.GetRequiredService<ScopedConsumer>().Chat.GetResponseAsync(StarterModel.Question, cancellationToken: Cancel)).Text);
        }
    }

    private sealed record ScopedConsumer(IChatClient Chat);
}
