using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.AI;

namespace OnnxChat.BotHost.Tests.Hosting;

/// <summary>A model that computes a step when the test lets it. As with a real one, a step that has begun is computed to its end.</summary>
internal sealed class SteppedChatClient : IChatClient
{
    private readonly Channel<bool> _allowed = Channel.CreateUnbounded<bool>();
    private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _abortSeen = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _steps;

    public Task Asked => _asked.Task;

    /// <summary>Completes when the host lets the model know that nobody wants the reply any more.</summary>
    public Task AbortSeen => _abortSeen.Task;

    /// <summary>Completes when no step will be computed any more.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Steps computed.</summary>
    public int Steps => Volatile.Read(ref _steps);

    public void Allow(int steps)
    {
        for (var i = 0; i < steps; i++)
            _allowed.Writer.TryWrite(true);
    }

    /// <summary>Does not look at the token between steps: who reads has to stop asking.</summary>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await using var registration = cancellationToken.Register(() => _abortSeen.TrySetResult());
        _asked.TrySetResult();
        try
        {
            while (true)
                yield return new ChatResponseUpdate(ChatRole.Assistant, await StepAsync());
        }
        finally
        {
            _ended.TrySetResult();
        }
    }

    /// <summary>Looks at the token after each step, as the queue of the connector does.</summary>
    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        await using var registration = cancellationToken.Register(() => _abortSeen.TrySetResult());
        _asked.TrySetResult();
        try
        {
            while (true)
            {
                await StepAsync();
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
        finally
        {
            _ended.TrySetResult();
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }

    private async Task<string> StepAsync()
    {
        await _allowed.Reader.ReadAsync(CancellationToken.None);
        return $"step {Interlocked.Increment(ref _steps)} ";
    }
}
