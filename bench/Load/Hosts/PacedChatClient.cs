using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace OnnxChat.Load.Hosts;

/// <summary>A model of a speed that other work on the machine does not change: so many replies at a time, each as long as the last.</summary>
internal sealed class PacedChatClient(int atOnce, TimeSpan reply) : IChatClient
{
    private readonly SemaphoreSlim _places = new(atOnce, atOnce);

    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        await _places.WaitAsync(cancellationToken);
        try
        {
            await Task.Delay(reply, cancellationToken);
        }
        finally
        {
            _places.Release();
        }

        return new ChatResponse(new ChatMessage(ChatRole.Assistant, $"Echo: {messages.Last().Text}")) { FinishReason = ChatFinishReason.Stop };
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var update in (await GetResponseAsync(messages, options, cancellationToken)).ToChatResponseUpdates())
            yield return update;
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose() => _places.Dispose();
}
