namespace OnnxChat.Connector.Tests.Fixtures;

/// <summary>Holds a model's worker until the test lets it go.</summary>
internal sealed class Gate : IDisposable
{
    private readonly ManualResetEventSlim _open = new();
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when a worker stands before the gate.</summary>
    public Task Reached => _reached.Task;

    /// <summary>Called by the worker.</summary>
    public void Pass()
    {
        _reached.TrySetResult();
        _open.Wait();
    }

    public void Open() => _open.Set();

    public void Dispose() => _open.Dispose();
}
