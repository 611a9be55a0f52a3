using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using OnnxChat.Connector.ModelFolders;

namespace OnnxChat.Connector.Generation;

/// <summary>Admits requests, runs them on workers that own the model's batches, and keeps their deadline.</summary>
internal sealed class GenerationQueue : IAsyncDisposable
{
    private readonly ICausalModel _model;
    private readonly AdmissionQueue _waiting;
    private readonly TimeSpan _timeout;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _closing = new();
    private readonly Task[] _workers;
    private bool _disposed;

    /// <param name="model">Disposed with the queue, after its last step.</param>
    /// <param name="folder">Tokenizer and end tokens.</param>
    /// <param name="options">Workers, bound and deadline.</param>
    /// <param name="limits">What a worker puts together.</param>
    /// <param name="state">Told of every step.</param>
    /// <param name="time">Measures the deadline.</param>
    /// <param name="logger">Told of steps that failed.</param>
    public GenerationQueue(ICausalModel model, ModelFolder folder, OnnxChatOptions options, CohortLimits limits, GenerationState state, TimeProvider time, ILogger logger)
    {
        _model = model;
        _time = time;
        _timeout = options.RequestTimeout;
        _waiting = new AdmissionQueue(options.QueueLimit);
        var workers = options.EffectiveWorkers;
        var closing = _closing.Token;
        _workers = [.. Enumerable.Range(0, workers)
            .Select(_ => new GenerationWorker(model, folder, _waiting, limits, workers, state, logger))
            .Select(worker => Task.Run(() => worker.RunAsync(closing)))];
    }

    /// <summary>Requests that wait for a worker.</summary>
    public int Waiting => _waiting.Count;

    /// <summary>What a reply ends with that the queue's disposal cut off.</summary>
    public static ObjectDisposedException Closed() => new(nameof(OnnxChatService), "The chat service was disposed before the reply was complete.");

    /// <summary>Generates a reply, step by step.</summary>
    /// <exception cref="OnnxChatBusyException">As many requests wait as may.</exception>
    /// <exception cref="OnnxChatTimeoutException">The reply was not complete in time.</exception>
    /// <exception cref="ObjectDisposedException">The queue was closed before the reply was complete.</exception>
    public async IAsyncEnumerable<GenerationStep> GenerateAsync(GenerationRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var job = new GenerationJob(request);
        if (!_waiting.TryAdd(job))
            throw new OnnxChatBusyException(_waiting.Limit);

        var tokens = 0;
        await using var deadline = _time.CreateTimer(_ => Abandon(job, new OnnxChatTimeoutException(_timeout, tokens)), null, _timeout, Timeout.InfiniteTimeSpan).ConfigureAwait(false);
        await using var cancelled = cancellationToken.Register(() => Abandon(job, new OperationCanceledException(cancellationToken))).ConfigureAwait(false);
        try
        {
            await foreach (var step in job.ReadAllAsync().ConfigureAwait(false))
            {
                // What was generated before is there to be read, but nobody wants it.
                cancellationToken.ThrowIfCancellationRequested();
                tokens++;
                yield return step;
            }
        }
        finally
        {
            // A reader that leaves early stops the work as well.
            Abandon(job, null);
        }
    }

    /// <summary>Ends replies under way with <see cref="ObjectDisposedException"/>, then disposes the model.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_disposed)
            return;
        _disposed = true;
        await _closing.CancelAsync().ConfigureAwait(false);
        _waiting.Close();
        await Task.WhenAll(_workers).ConfigureAwait(false);
        _model.Dispose();
        _closing.Dispose();
    }

    private void Abandon(GenerationJob job, Exception? error)
    {
        job.Complete(error);
        _waiting.Remove(job);
    }
}
