using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.AI;

namespace OnnxChat.BotHost.Tests.Hosting;

/// <summary>A model whose reply the test writes, piece by piece; it knows when the reply is given up.</summary>
internal sealed class WritingChatClient : IChatClient
{
    private readonly Channel<string> _pieces = Channel.CreateUnbounded<string>();
    private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _givenUp = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Asked => _asked.Task;

    /// <summary>Completes when nobody wants the reply any more.</summary>
    public Task GivenUp => _givenUp.Task;

    public void Write(string piece) => _pieces.Writer.TryWrite(piece);

    public void End() => _pieces.Writer.Complete();

    public void Fail() => _pieces.Writer.Complete(new InvalidOperationException("inner detail"));

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await using var registration = cancellationToken.Register(() => _givenUp.TrySetResult());
        _asked.TrySetResult();
        try
        {
            await foreach (var piece in _pieces.Reader.ReadAllAsync(cancellationToken))
                yield return new ChatResponseUpdate(ChatRole.Assistant, piece);
        }
        finally
        {
            // Who gives up while a piece is on its way may be done with the reply before the registration hears of it.
            if (cancellationToken.IsCancellationRequested)
                _givenUp.TrySetResult();
        }
    }

    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        await GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}
