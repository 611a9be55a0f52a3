using Microsoft.Extensions.AI;

namespace OnnxChat.BotHost.Tests.OpenAI;

/// <summary>A model that keeps what it was asked.</summary>
internal sealed class NotingChatClient : IChatClient
{
    public (IReadOnlyList<ChatMessage> Messages, ChatOptions Options)? Request { get; private set; }

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        Request = ([.. messages], options!);
        return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, "noted")));
    }

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        throw new InvalidOperationException("Nobody streams here.");

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}
