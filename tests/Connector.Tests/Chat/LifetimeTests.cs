using Microsoft.Extensions.AI;
using OnnxChat.Connector.Chat;
using OnnxChat.Connector.ModelFolders;
using OnnxChat.Connector.Tests.Fixtures;

namespace OnnxChat.Connector.Tests.Chat;

/// <summary>Loading, cancellation, load and disposal, over a model whose steps the test controls.</summary>
public class LifetimeTests
{
    private static readonly int Vocabulary = StarterModel.Vocabulary;
    private static readonly int Word = StarterModel.Word;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GetResponse_FiftyFirstCalls_LoadOnce()
    {
        var loads = 0;
        var model = new ScriptedModel(_ => StarterModel.End, Vocabulary);
        var options = new OnnxChatOptions { ModelPath = StarterModel.Folder };
        await using var service = new OnnxChatService(options, null, null, (o, logger) =>
        {
            Interlocked.Increment(ref loads);
            return new LoadedModel(ModelFolder.Open(o.ModelPath), model, o, logger);
        });

        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => service.GetResponseAsync("hi", cancellationToken: Cancel)));

        Assert.Equal(1, loads);
        Assert.Equal(50, model.Sequences);
    }

    [Fact]
    public async Task GetResponse_FolderIsMissingAndThenThere_WorksAtTheNextCall()
    {
        using var folder = new Testing.TemporaryFolder();
        await using var service = new OnnxChatService(folder["model"]);

        var error = await Assert.ThrowsAsync<OnnxChatModelException>(() => service.GetResponseAsync("hi", cancellationToken: Cancel));
        Assert.Contains(folder["model"], error.Message, StringComparison.Ordinal);
        Assert.Contains("onnxchat import", error.Message, StringComparison.Ordinal);

        Directory.CreateDirectory(folder["model"]);
        foreach (var file in Directory.GetFiles(StarterModel.Folder))
            File.Copy(file, folder["model", Path.GetFileName(file)]);
        Assert.Equal(StarterModel.Answer, (await service.GetResponseAsync(StarterModel.Question, cancellationToken: Cancel)).Text);
    }

    [Fact]
    public async Task GetResponse_AlreadyCancelled_DoesNoWork()
    {
        var model = new ScriptedModel(_ => Word, Vocabulary);
        await using var service = model.Serve();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => service.GetResponseAsync("hi", cancellationToken: new CancellationToken(canceled: true)));

        Assert.Equal(0, model.Sequences);
    }

    [Fact]
    public async Task GetStreamingResponse_CancelledWithinTheReply_StopsTheModel()
    {
        using var cancel = new CancellationTokenSource();
        using var steps = new SemaphoreSlim(3);
        var model = new ScriptedModel(_ => Word, Vocabulary) { BeforeStep = () => steps.Wait() };
        await using var service = model.Serve();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var update in service.GetStreamingResponseAsync("hi", cancellationToken: cancel.Token))
            {
                await cancel.CancelAsync();
                steps.Release(1);
            }
        });

        // The next request gets the worker once the cancelled one has left it.
        steps.Release(1000);
        await service.GetResponseAsync("hi", new ChatOptions { MaxOutputTokens = 1 }, Cancel);
        Assert.InRange(model.Steps, 0, 5);
        Assert.Equal(0, model.Open);
    }

    [Fact]
    public async Task GetStreamingResponse_ReaderLeavesEarly_StopsTheModel()
    {
        var model = new ScriptedModel(_ => Word, Vocabulary);
        await using var service = model.Serve();

        await foreach (var update in service.GetStreamingResponseAsync("hi", cancellationToken: Cancel))
            break;

        await service.GetResponseAsync("hi", new ChatOptions { MaxOutputTokens = 1 }, Cancel);
        Assert.Equal(0, model.Open);
    }

    [Fact]
    public async Task GetResponse_QueueIsFull_IsBusyAndTheOthersAreAnswered()
    {
        using var gate = new SemaphoreSlim(0);
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var model = new ScriptedModel(position => position < 2 ? Word : StarterModel.End, Vocabulary)
        {
            BeforeStep = () =>
            {
                started.TrySetResult();
                gate.Wait();
            },
        };
        await using var service = model.Serve(o => o.QueueLimit = 2);
        var running = service.GetResponseAsync("hi", cancellationToken: Cancel);
        await started.Task.WaitAsync(Cancel);
        var waiting = new[] { service.GetResponseAsync("hi", cancellationToken: Cancel), service.GetResponseAsync("hi", cancellationToken: Cancel) };

        var error = await Assert.ThrowsAsync<OnnxChatBusyException>(() => service.GetResponseAsync("hi", cancellationToken: Cancel));

        Assert.Equal(System.Net.HttpStatusCode.ServiceUnavailable, error.StatusCode);
        Assert.Contains("QueueLimit", error.Message, StringComparison.Ordinal);
        gate.Release(100);
        Assert.All(await Task.WhenAll([running, .. waiting]), r => Assert.Equal(ChatFinishReason.Stop, r.FinishReason));
    }

    [Fact]
    public async Task DisposeAsync_WhileStreaming_EndsTheStreamsAndThenDisposesTheModel()
    {
        var model = new ScriptedModel(_ => Word, Vocabulary);
        var service = model.Serve();
        var first = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var streams = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            while (true)
            {
                await foreach (var update in service.GetStreamingResponseAsync("hi", cancellationToken: Cancel))
                    first.TrySetResult();
            }
        })).ToArray();
        await first.Task.WaitAsync(Cancel);

        await service.DisposeAsync();

        foreach (var stream in streams)
            await Assert.ThrowsAsync<ObjectDisposedException>(() => stream);
        Assert.True(model.Disposed);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => service.GetResponseAsync("hi", cancellationToken: Cancel));
    }

    [Fact]
    public async Task GetResponse_ModelFails_TheCallerGetsTheErrorAndTheNextRequestWorks()
    {
        var fail = true;
        var model = new ScriptedModel(position => position < 2 ? Word : StarterModel.End, Vocabulary)
        {
            BeforeStep = () =>
            {
                if (fail)
                    throw new InvalidOperationException("step failed");
            },
        };
        await using var service = model.Serve();

        Assert.Equal("step failed", (await Assert.ThrowsAsync<InvalidOperationException>(() => service.GetResponseAsync("hi", cancellationToken: Cancel))).Message);
        fail = false;
        Assert.Equal(ChatFinishReason.Stop, (await service.GetResponseAsync("hi", cancellationToken: Cancel)).FinishReason);
    }

    [Fact]
    public async Task GetResponse_ShortRequestBesideALongOne_DoesNotWaitForIt()
    {
        using var gate = new SemaphoreSlim(0);
        var model = new ScriptedModel(_ => Word, Vocabulary) { BeforeStep = () => gate.Wait() };
        await using var service = model.Serve();
        var updates = service.GetStreamingResponseAsync("a long one", cancellationToken: Cancel).GetAsyncEnumerator(Cancel);
        Assert.True(await updates.MoveNextAsync());

        var brief = service.GetResponseAsync("a short one", new ChatOptions { MaxOutputTokens = 2 }, Cancel);
        gate.Release(4);
        Assert.Equal(2, (await brief).Usage!.OutputTokenCount);
        Assert.InRange(model.Steps, 1, 4);

        gate.Release(1000);
        await updates.DisposeAsync();
    }

    [Fact]
    public async Task GetResponse_RequestsThatWaitTogether_ShareSteps()
    {
        using var gate = new SemaphoreSlim(0);
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var model = new ScriptedModel(_ => Word, Vocabulary)
        {
            BeforeStep = () =>
            {
                started.TrySetResult();
                gate.Wait();
            },
        };
        await using var service = model.Serve();
        var first = service.GetResponseAsync("hi", new ChatOptions { MaxOutputTokens = 3 }, Cancel);
        await started.Task.WaitAsync(Cancel);
        var others = Enumerable.Range(0, 16).Select(_ => service.GetResponseAsync("hi", new ChatOptions { MaxOutputTokens = 11 }, Cancel)).ToList();

        gate.Release(1000);
        await Task.WhenAll([first, .. others]);

        // Two steps of the first, ten that the sixteen share; the prompts' own steps are not counted.
        Assert.Equal(12, model.Steps);
        Assert.Equal(17, model.Sequences);
    }
}
