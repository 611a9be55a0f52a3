using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using OnnxChat.Connector;
using OnnxChat.Connector.Chat;
using OnnxChat.Connector.Generation;

namespace OnnxChat.Throughput.Engines;

/// <summary>The service with its default options, below its text interface.</summary>
internal sealed class ServiceEngine(string folder) : IEngine
{
    private const int LongTokens = 900;
    private const int ShortsALongPrompt = 4;

    private readonly LoadedModel _model = LoadedModel.Load(new OnnxChatOptions { ModelPath = folder }, NullLogger.Instance);

    public async Task<(int Tokens, double Seconds, double[] FirstTokenSeconds)> RunAsync(Workload workload)
    {
        var watch = Stopwatch.StartNew();
        var requests = workload.Prompts().Select(p => Request(p, workload.NewTokens)).ToArray();
        var replies = workload.Arrival switch
        {
            Arrival.Together => await Task.WhenAll(requests.Select(r => RunAsync(r, CancellationToken.None))),
            Arrival.OneAfterAnother => await OneAfterAnotherAsync(requests, _ => { }),
            _ => await BesideLongAsync(requests, workload.Seed),
        };
        return (replies.Sum(r => r.Tokens), watch.Elapsed.TotalSeconds, [.. replies.Select(r => r.FirstTokenSeconds)]);
    }

    public ValueTask DisposeAsync() => _model.DisposeAsync();

    /// <summary>Runs one request and keeps its tokens.</summary>
    public async Task<int[]> TokensAsync(int[] prompt, int tokens)
    {
        var reply = new List<int>();
        await foreach (var step in _model.GenerateAsync(Request(prompt, tokens), CancellationToken.None))
            reply.Add(step.Token);
        return [.. reply];
    }

    private async Task<(int Tokens, double FirstTokenSeconds)[]> OneAfterAnotherAsync(GenerationRequest[] requests, Action<int> before)
    {
        var replies = new (int, double)[requests.Length];
        for (var i = 0; i < requests.Length; i++)
        {
            before(i);
            replies[i] = await RunAsync(requests[i], CancellationToken.None);
        }

        return replies;
    }

    private async Task<(int Tokens, double FirstTokenSeconds)[]> BesideLongAsync(GenerationRequest[] requests, int seed)
    {
        using var ending = new CancellationTokenSource();
        var underWay = new TaskCompletionSource();
        var longReply = RepeatAsync(Request(Workload.Prompt(100, seed), LongTokens), underWay, ending.Token);
        await underWay.Task;
        var longPrompt = Task.FromResult((0, 0.0));
        var replies = await OneAfterAnotherAsync(requests, i =>
        {
            if (i % ShortsALongPrompt == 0 && longPrompt.IsCompleted)
                longPrompt = RunAsync(Request(Workload.Prompt(LongTokens, seed + i), 8), ending.Token);
        });
        await longPrompt;
        await ending.CancelAsync();
        await longReply;
        return replies;
    }

    /// <summary>Asks for the same reply again whenever it has ended.</summary>
    private async Task RepeatAsync(GenerationRequest request, TaskCompletionSource underWay, CancellationToken ending)
    {
        try
        {
            while (true)
            {
                await foreach (var step in _model.GenerateAsync(request, ending))
                    underWay.TrySetResult();
            }
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
        }
    }

    private async Task<(int Tokens, double FirstTokenSeconds)> RunAsync(GenerationRequest request, CancellationToken cancellationToken)
    {
        var arrived = Stopwatch.GetTimestamp();
        var first = 0.0;
        var tokens = 0;
        await foreach (var step in _model.GenerateAsync(request, cancellationToken))
        {
            if (tokens++ == 0)
                first = Stopwatch.GetElapsedTime(arrived).TotalSeconds;
        }

        return (tokens, first);
    }

    private GenerationRequest Request(int[] prompt, int tokens) => new()
    {
        Prompt = prompt,
        MaxTokens = tokens,
        Sampling = new ReplySettings { Temperature = 0 }.ToSampling(_model.Folder.Configuration),
        StopSequences = [],
        WholeContinuation = true,
    };
}
