using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using OnnxChat.Connector.ModelFolders;

namespace OnnxChat.Connector.Generation;

/// <summary>Admits requests to a bounded queue and runs them on workers that own the model's batches.</summary>
internal sealed class GenerationQueue : IAsyncDisposable
{
    private readonly ICausalModel _model;
    private readonly Channel<GenerationJob> _waiting;
    private readonly int _limit;
    private readonly CancellationTokenSource _closing = new();
    private readonly Task[] _workers;
    private bool _disposed;

    /// <param name="model">Disposed with the queue, after its last step.</param>
    /// <param name="folder">Tokenizer and end tokens.</param>
    /// <param name="workers">Workers that step the model at the same time, 1 or more.</param>
    /// <param name="limit">Requests that may wait, 1 or more.</param>
    /// <param name="logger">Told of steps that failed.</param>
    public GenerationQueue(ICausalModel model, ModelFolder folder, int workers, int limit, ILogger logger)
    {
        _model = model;
        _limit = limit;
        _waiting = Channel.CreateBounded<GenerationJob>(limit);
        var closing = _closing.Token;
        _workers = [.. Enumerable.Range(0, workers)
            .Select(_ => new GenerationWorker(model, folder, _waiting.Reader, logger))
            .Select(worker => Task.Run(() => worker.RunAsync(closing)))];
    }

    /// <summary>What a reply ends with that the queue's disposal cut off.</summary>
    public static ObjectDisposedException Closed() => new(nameof(OnnxChatService), "The chat service was disposed before the reply was complete.");

    /// <summary>Generates a reply, step by step.</summary>
    /// <exception cref="OnnxChatBusyException">As many requests wait as may.</exception>
    /// <exception cref="ObjectDisposedException">The queue was closed before the reply was complete.</exception>
    public async IAsyncEnumerable<GenerationStep> GenerateAsync(GenerationRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ObjectDisposedException.ThrowIf(_disposed, this);
        // A reader that leaves early stops the work as well.
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var job = new GenerationJob(request, leaving.Token);
        if (!_waiting.Writer.TryWrite(job))
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            throw new OnnxChatBusyException(_limit);
        }

        try
        {
            await foreach (var step in job.Steps.ReadAllAsync(cancellationToken).ConfigureAwait(false))
                yield return step;
        }
        finally
        {
            await leaving.CancelAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Ends replies under way with <see cref="ObjectDisposedException"/>, then disposes the model.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_disposed)
            return;
        _disposed = true;
        _waiting.Writer.TryComplete();
        await _closing.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(_workers).ConfigureAwait(false);
        while (_waiting.Reader.TryRead(out var job))
            job.Complete(Closed());
        _model.Dispose();
        _closing.Dispose();
    }
}
