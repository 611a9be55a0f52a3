using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using OnnxChat.Connector.ModelFolders;

namespace OnnxChat.Connector.Generation;

/// <summary>Admits requests to a bounded queue and runs them on workers that own the model's sequences.</summary>
internal sealed partial class GenerationQueue : IAsyncDisposable
{
    private readonly ICausalModel _model;
    private readonly ModelFolder _folder;
    private readonly ILogger _logger;
    private readonly Channel<GenerationJob> _waiting;
    private readonly int _limit;
    private readonly CancellationTokenSource _closing = new();
    private readonly Task[] _workers;
    private bool _disposed;

    /// <param name="model">Disposed with the queue, after its last step.</param>
    /// <param name="folder">Tokenizer and end tokens.</param>
    /// <param name="workers">Requests that run at the same time, 1 or more.</param>
    /// <param name="limit">Requests that may wait, 1 or more.</param>
    /// <param name="logger">Told of replies that failed.</param>
    public GenerationQueue(ICausalModel model, ModelFolder folder, int workers, int limit, ILogger logger)
    {
        _model = model;
        _folder = folder;
        _limit = limit;
        _logger = logger;
        _waiting = Channel.CreateBounded<GenerationJob>(limit);
        _workers = [.. Enumerable.Range(0, workers).Select(_ => Task.Run(WorkAsync))];
    }

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

    private static ObjectDisposedException Closed() => new(nameof(OnnxChatService), "The chat service was disposed before the reply was complete.");

    private async Task WorkAsync()
    {
        while (await _waiting.Reader.WaitToReadAsync(CancellationToken.None).ConfigureAwait(false))
        {
            while (!_closing.IsCancellationRequested && _waiting.Reader.TryRead(out var job))
                Work(job);
            if (_closing.IsCancellationRequested)
                return;
        }
    }

    private void Work(GenerationJob job)
    {
        try
        {
            Reply(job);
            job.Complete();
        }
        catch (OperationCanceledException e)
        {
            job.Complete(_closing.IsCancellationRequested && !job.CancellationToken.IsCancellationRequested ? Closed() : e);
        }
#pragma warning disable CA1031 // The caller gets the exception; the worker goes on with the next request.
        catch (Exception e)
#pragma warning restore CA1031
        {
            ReplyFailed(_logger, e, job.Request.Prompt.Length);
            job.Complete(e);
        }
    }

    private void Reply(GenerationJob job)
    {
        Check(job);
        var request = job.Request;
        var sampler = new Sampler(request.Sampling, _folder.Configuration.VocabularySize);
        sampler.Observe(request.Prompt.Span);
        var reply = new ReplyProgress(_folder, request);
        using var sequence = _model.Start(request.Prompt.Span, request.Prompt.Length + request.MaxTokens);
        for (var count = 1; ; count++)
        {
            Check(job);
            var token = sampler.Next(sequence.Logits);
            var step = reply.Step(token, last: count == request.MaxTokens);
            job.Write(step);
            if (step.Finish is not null)
                return;
            sampler.Observe([token]);
            sequence.Append(token);
        }
    }

    private void Check(GenerationJob job)
    {
        job.CancellationToken.ThrowIfCancellationRequested();
        _closing.Token.ThrowIfCancellationRequested();
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A reply to a prompt of {PromptTokens} tokens failed.")]
    private static partial void ReplyFailed(ILogger logger, Exception exception, int promptTokens);
}
