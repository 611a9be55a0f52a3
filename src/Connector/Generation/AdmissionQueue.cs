using System.Diagnostics.CodeAnalysis;

namespace OnnxChat.Connector.Generation;

/// <summary>Requests that wait for a worker, first come, first served. One that nobody waits for any more gives its place up at once.</summary>
internal sealed class AdmissionQueue(int limit)
{
    private readonly Lock _lock = new();
    private readonly LinkedList<GenerationJob> _waiting = [];
    private TaskCompletionSource _change = NewChange();
    private bool _closed;

    /// <summary>Most requests that may wait.</summary>
    public int Limit => limit;

    /// <summary>Requests that wait now.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
                return _waiting.Count;
        }
    }

    /// <returns>False where as many wait as may.</returns>
    /// <exception cref="ObjectDisposedException">The queue is closed.</exception>
    public bool TryAdd(GenerationJob job)
    {
        lock (_lock)
        {
            if (_closed)
                throw GenerationQueue.Closed();
            if (_waiting.Count >= limit)
                return false;
            job.Place = _waiting.AddLast(job);
            _change.TrySetResult();
            return true;
        }
    }

    /// <summary>Takes the request that has waited longest.</summary>
    public bool TryTake([NotNullWhen(true)] out GenerationJob? job)
    {
        lock (_lock)
        {
            job = _waiting.First?.Value;
            if (job is not null)
                Leave(job);
            return job is not null;
        }
    }

    /// <summary>Gives up a request's place, where it still has one.</summary>
    public void Remove(GenerationJob job)
    {
        lock (_lock)
            Leave(job);
    }

    /// <summary>Waits until a request waits.</summary>
    /// <returns>False where the queue is closed.</returns>
    public async ValueTask<bool> WaitAsync()
    {
        while (true)
        {
            Task change;
            lock (_lock)
            {
                if (_closed || _waiting.Count > 0)
                    return !_closed;
                if (_change.Task.IsCompleted)
                    _change = NewChange();
                change = _change.Task;
            }

            await change.ConfigureAwait(false);
        }
    }

    /// <summary>Admits nothing more and ends what waits.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _closed = true;
            while (_waiting.First is { } first)
            {
                Leave(first.Value);
                first.Value.Complete(GenerationQueue.Closed());
            }

            _change.TrySetResult();
        }
    }

    private void Leave(GenerationJob job)
    {
        if (job.Place is { } place)
            _waiting.Remove(place);
        job.Place = null;
    }

    private static TaskCompletionSource NewChange() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
