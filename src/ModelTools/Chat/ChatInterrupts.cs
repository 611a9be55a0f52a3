using OnnxChat.ModelTools.CommandLine;

namespace OnnxChat.ModelTools.Chat;

/// <summary>What Ctrl-C does in a chat: it stops the reply under way, and at the prompt it ends the chat.</summary>
internal sealed class ChatInterrupts : IDisposable
{
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _quit;
    private readonly IDisposable? _subscription;
    private CancellationTokenSource? _reply;

    public ChatInterrupts(IInterrupts? interrupts, CancellationToken cancellationToken)
    {
        _quit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _subscription = interrupts?.Subscribe(Interrupt);
    }

    /// <summary>Cancelled when the chat is to end.</summary>
    public CancellationToken Quit => _quit.Token;

    /// <summary>Runs a reply that Ctrl-C stops.</summary>
    /// <returns>Null where it was stopped.</returns>
    public async Task<ChatReply?> RunAsync(Func<CancellationToken, Task<ChatReply>> reply)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(_quit.Token);
        lock (_lock)
            _reply = stopping;
        try
        {
            return await reply(stopping.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested && !_quit.IsCancellationRequested)
        {
            return null;
        }
        finally
        {
            lock (_lock)
                _reply = null;
        }
    }

    public void Dispose()
    {
        _subscription?.Dispose();
        _quit.Dispose();
    }

    private void Interrupt()
    {
        // Under the lock, so that a reply's source is not disposed between the look at it and its cancellation.
        lock (_lock)
            (_reply ?? _quit).Cancel();
    }
}
