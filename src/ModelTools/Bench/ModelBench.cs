using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using OnnxChat.Connector;
using OnnxChat.Connector.Chat;
using OnnxChat.ModelTools.CommandLine;

namespace OnnxChat.ModelTools.Bench;

/// <summary>Measures a model folder through the service's own scheduler.</summary>
internal sealed class ModelBench(BenchRequest request, OnnxChatOptions options, StatusLine status, TimeProvider time)
{
    private readonly ReplySettings _settings = new() { MaxTokens = request.MaxTokens, Temperature = 0 };

    public async Task<BenchResult> RunAsync(CancellationToken cancellationToken)
    {
        status.Show("loading the model");
        await using var model = LoadedModel.Load(options, NullLogger.Instance);
        var weights = model.Folder.WeightBytes;
        var levels = new List<(BenchLevel Level, long Steps)>();
        // The first requests also pay for what is made once.
        await MeasureAsync(model, request.Levels.Max(), request.Levels.Max(), cancellationToken).ConfigureAwait(false);
        foreach (var level in request.Levels)
        {
            status.Show($"{level} at once");
            levels.Add(await MeasureAsync(model, level, request.RequestsAt(level), cancellationToken).ConfigureAwait(false));
        }

        // Last, so that its buffer is in no figure of memory.
        status.Show("memory bandwidth");
        var bandwidth = MemoryBandwidth.Measure(time, cancellationToken);
        return new BenchResult(
            model.Folder.Name,
            model.Folder.Path,
            options.ThreadsFor(model.Folder),
            options.EffectiveWorkers,
            request.MaxTokens,
            weights,
            bandwidth,
            levels.ConvertAll(l => l.Level with { BandwidthShare = l.Steps * weights / (l.Level.Seconds * bandwidth) }));
    }

    private async Task<(BenchLevel Level, long Steps)> MeasureAsync(LoadedModel model, int concurrency, int requests, CancellationToken cancellationToken)
    {
        var replies = new ConcurrentBag<(double First, int Tokens)>();
        long steps = 0, memory = 0;
        var next = -1;
        void Count(int rows) => Interlocked.Increment(ref steps);

        model.State.StepCompleted += Count;
        var start = time.GetTimestamp();
        try
        {
            await Task.WhenAll(Enumerable.Range(0, concurrency).Select(_ => Task.Run(AskAsync, cancellationToken))).ConfigureAwait(false);
        }
        finally
        {
            model.State.StepCompleted -= Count;
        }

        var seconds = time.GetElapsedTime(start).TotalSeconds;
        var tokens = replies.Sum(r => r.Tokens);
        var firsts = replies.Select(r => r.First).ToList();
        var level = new BenchLevel(concurrency, requests, tokens, seconds, tokens / seconds, Percentile.Of(firsts, 50), Percentile.Of(firsts, 99), memory, 0);
        return (level, steps);

        async Task AskAsync()
        {
            for (var at = Interlocked.Increment(ref next); at < requests; at = Interlocked.Increment(ref next))
            {
                replies.Add(await ReplyAsync(model, at, cancellationToken).ConfigureAwait(false));
                Interlocked.Exchange(ref memory, Math.Max(Interlocked.Read(ref memory), Environment.WorkingSet));
            }
        }
    }

    private async Task<(double First, int Tokens)> ReplyAsync(LoadedModel model, int number, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        var (first, tokens) = (0.0, 0);
        var question = model.Prepare(BenchQuestions.Of(number), null, _settings) with { WholeContinuation = true };
        await foreach (var _ in model.GenerateAsync(question, cancellationToken).ConfigureAwait(false))
        {
            if (tokens++ == 0)
                first = time.GetElapsedTime(start).TotalSeconds;
        }

        return (first, tokens);
    }
}
