using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace OnnxChat.BotHost.Tests.Hosting;

/// <summary>A model that answers as the test says.</summary>
internal sealed class ScriptedChatClient(Func<string, CancellationToken, Task<string>> answer) : IChatClient
{
    public ScriptedChatClient()
        : this((question, _) => Task.FromResult($"Answer to {question}"))
    {
    }

    /// <summary>Metadata of every reply.</summary>
    public AdditionalPropertiesDictionary? Metadata { get; init; }

    public List<ChatMessage[]> Requests { get; } = [];

    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ChatMessage[] request = [.. messages];
        lock (Requests)
            Requests.Add(request);
        return new ChatResponse(new ChatMessage(ChatRole.Assistant, await answer(request[^1].Text, cancellationToken))) { AdditionalProperties = Metadata };
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var response = await GetResponseAsync(messages, options, cancellationToken);
        foreach (var update in response.ToChatResponseUpdates())
            yield return update;
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}
