using System.Net;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Time.Testing;
using OnnxChat.Connector.Generation;
using OnnxChat.Connector.Tests.Fixtures;

namespace OnnxChat.Connector.Tests.Chat;

/// <summary>Deadline, cancellation at every stage, and fairness, over a model whose steps the test controls.</summary>
public sealed class AdmissionTests : IDisposable
{
    private static readonly int Vocabulary = StarterModel.Vocabulary;
    private static readonly int Word = StarterModel.Word;
    private static readonly int End = StarterModel.End;

    private readonly Gate _gate = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _gate.Dispose();

    [Fact]
    public async Task GetResponse_WaitsLongerThanTheDeadline_TimesOutAndIsNeverRun()
    {
        var time = new FakeTimeProvider();
        var model = new ScriptedModel(_ => End, Vocabulary) { BeforeStart = _ => _gate.Pass() };
        await using var service = model.Serve(o => o.RequestTimeout = TimeSpan.FromSeconds(30), time);
        var running = service.GetResponseAsync("hi", cancellationToken: Cancel);
        await _gate.Reached.WaitAsync(Cancel);
        var waiting = service.GetResponseAsync("hi", cancellationToken: Cancel);
        await QueuedAsync(service, 1);

        time.Advance(TimeSpan.FromSeconds(31));
        var error = await Assert.ThrowsAsync<OnnxChatTimeoutException>(() => waiting);
        await Assert.ThrowsAsync<OnnxChatTimeoutException>(() => running);
        _gate.Open();
        await service.GetResponseAsync("hi", cancellationToken: Cancel);

        Assert.Equal(HttpStatusCode.GatewayTimeout, error.StatusCode);
        Assert.Equal((TimeSpan.FromSeconds(30), 0), (error.Timeout, error.GeneratedTokens));
        Assert.Contains("30 s", error.Message, StringComparison.Ordinal);
        Assert.Contains("RequestTimeout", error.Message, StringComparison.Ordinal);
        Assert.Equal(2, model.Sequences);
    }

    [Fact]
    public async Task GetStreamingResponse_DeadlinePassesWithinTheReply_TimesOutWithTheTokensItHad()
    {
        var time = new FakeTimeProvider();
        var model = new ScriptedModel(_ => Word, Vocabulary) { BeforeStep = _gate.Pass };
        await using var service = model.Serve(o => o.RequestTimeout = TimeSpan.FromSeconds(5), time);
        await using var updates = service.GetStreamingResponseAsync("hi", cancellationToken: Cancel).GetAsyncEnumerator(Cancel);
        Assert.True(await updates.MoveNextAsync());
        await _gate.Reached.WaitAsync(Cancel);

        time.Advance(TimeSpan.FromSeconds(6));
        var error = await Assert.ThrowsAsync<OnnxChatTimeoutException>(async () => await updates.MoveNextAsync());
        _gate.Open();

        Assert.Equal(1, error.GeneratedTokens);
    }

    [Fact]
    public async Task GetResponse_CancelledWhileItWaits_GivesItsPlaceUpAndIsNeverRun()
    {
        var model = new ScriptedModel(_ => End, Vocabulary) { BeforeStart = _ => _gate.Pass() };
        await using var service = model.Serve(o => o.QueueLimit = 1);
        var running = service.GetResponseAsync("hi", cancellationToken: Cancel);
        await _gate.Reached.WaitAsync(Cancel);
        using var leave = new CancellationTokenSource();
        var waiting = service.GetResponseAsync("hi", cancellationToken: leave.Token);
        await QueuedAsync(service, 1);
        await Assert.ThrowsAsync<OnnxChatBusyException>(() => service.GetResponseAsync("hi", cancellationToken: Cancel));

        await leave.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        var next = service.GetResponseAsync("hi", cancellationToken: Cancel);
        _gate.Open();
        await Task.WhenAll(running, next);

        Assert.Equal(2, model.Sequences);
    }

    [Fact]
    public async Task GetResponse_FiveHundredCallersAndThirtyTwoPlaces_TheOthersAreBusyAtOnce()
    {
        var model = new ScriptedModel(position => position < 3 ? Word : End, Vocabulary) { BeforeStart = _ => _gate.Pass() };
        await using var service = model.Serve(o => o.QueueLimit = 32);
        var running = service.GetResponseAsync("hi", cancellationToken: Cancel);
        await _gate.Reached.WaitAsync(Cancel);

        var callers = Enumerable.Range(0, 500).Select(_ => Task.Run(() => service.GetResponseAsync("hi", cancellationToken: Cancel))).ToList();
        var refused = 0;
        while (refused < 468)
        {
            // The model is held all the time, so what completes was refused and did not wait for it.
            var done = await Task.WhenAny(callers);
            callers.Remove(done);
            await Assert.ThrowsAsync<OnnxChatBusyException>(() => done);
            refused++;
        }

        Assert.Equal(32, service.GetStatus().Waiting);
        Assert.Equal(0, model.Sequences);
        _gate.Open();
        Assert.All(await Task.WhenAll([running, .. callers]), r => Assert.Equal(4, r.Usage!.OutputTokenCount));
        Assert.Equal(33, model.Sequences);
    }

    [Fact]
    public async Task GetResponse_LongPromptIsCancelled_RunsNoFurtherChunkOfIt()
    {
        var limits = new CohortLimits { ContextLength = 192, CacheTokens = 16_384, PrefillChunk = 32 };
        var model = new ScriptedModel(_ => Word, Vocabulary) { BeforeStep = _gate.Pass };
        await using var service = model.Serve(limits: limits);
        using var leave = new CancellationTokenSource();
        var reply = service.GetResponseAsync(string.Concat(Enumerable.Repeat("where is my order ", 30)), cancellationToken: leave.Token);
        await _gate.Reached.WaitAsync(Cancel);

        await leave.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reply);
        _gate.Open();
        await service.GetResponseAsync("hi", new ChatOptions { MaxOutputTokens = 1 }, Cancel);

        // Two chunks of the long prompt and the whole of the short one.
        Assert.InRange(model.PromptTokens, 64 + 8, 64 + 30);
        Assert.Equal(0, model.Open);
    }

    [Fact]
    public async Task GetResponse_ShortQuestionBesideALongPrompt_IsAnsweredBetweenItsChunks()
    {
        var limits = new CohortLimits { ContextLength = 192, CacheTokens = 16_384, PrefillChunk = 32 };
        using var chunks = new SemaphoreSlim(0);
        var model = new ScriptedModel(_ => Word, Vocabulary)
        {
            BeforeStep = () =>
            {
                _gate.Pass();
                chunks.Wait();
            },
        };
        await using var service = model.Serve(limits: limits);
        var reply = service.GetResponseAsync(string.Concat(Enumerable.Repeat("where is my order ", 30)), new ChatOptions { MaxOutputTokens = 1 }, Cancel);
        await _gate.Reached.WaitAsync(Cancel);
        var brief = service.GetResponseAsync("hi", new ChatOptions { MaxOutputTokens = 1 }, Cancel);
        await QueuedAsync(service, 1);

        _gate.Open();
        chunks.Release();
        await brief;
        Assert.False(reply.IsCompleted);

        chunks.Release(100);
        await reply;
    }

    [Fact]
    public async Task GetResponse_LongRepliesHoldEveryCohort_IsAnsweredBesideThem()
    {
        var limits = new CohortLimits { ContextLength = 192, CacheTokens = 16_384, Cohorts = 3 };
        var model = new ScriptedModel(_ => Word, Vocabulary);
        await using var service = model.Serve(o => o.CacheTokens = 16_384, limits: limits);
        using var leave = new CancellationTokenSource();
        var longOnes = new List<IAsyncEnumerator<ChatResponseUpdate>>();
        for (var i = 0; i < 3; i++)
        {
            var updates = service.GetStreamingResponseAsync("a long one", cancellationToken: leave.Token).GetAsyncEnumerator(Cancel);
            Assert.True(await updates.MoveNextAsync());
            longOnes.Add(updates);
        }

        Assert.Equal(2, (await service.GetResponseAsync("a short one", new ChatOptions { MaxOutputTokens = 2 }, Cancel)).Usage!.OutputTokenCount);

        foreach (var updates in longOnes)
        {
            while (await updates.MoveNextAsync())
            {
            }
        }

        Assert.Equal(0, model.Open);
    }

    [Fact]
    public async Task GetResponse_CacheHasRoomForOne_RunsOneAfterAnother()
    {
        var most = 0;
        ScriptedModel? model = null;
        model = new ScriptedModel(position => position < 3 ? Word : End, Vocabulary) { BeforeStep = () => most = Math.Max(most, model!.Open) };
        await using var service = model.Serve(o => o.CacheTokens = 1);

        var replies = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => service.GetResponseAsync("hi", cancellationToken: Cancel)));

        Assert.All(replies, r => Assert.Equal(4, r.Usage!.OutputTokenCount));
        Assert.Equal(1, most);
        Assert.Equal(5, model.Sequences);
    }

    /// <summary>Waits until as many requests wait; the calls are under way on other threads.</summary>
    private static async Task QueuedAsync(OnnxChatService service, int requests)
    {
        while (service.GetStatus().Waiting < requests)
        {
            Cancel.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
