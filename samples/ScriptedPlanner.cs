using System.Text.Json;
using Microsoft.Extensions.AI;
using OnnxChat.Connector.Plugin;

namespace OnnxChat.Samples;

/// <summary>Plays the model of an agent where there is no key for one: asks the customer service and says what it got.</summary>
internal sealed class ScriptedPlanner : IChatClient
{
    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var last = messages.Last();
        AIContent next = last.Contents.OfType<FunctionResultContent>().FirstOrDefault() is { } result
            ? new TextContent(Say(result))
            : new FunctionCallContent("1", Tool(options).Name, new Dictionary<string, object?> { ["question"] = last.Text });
        return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, [next])));
    }

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("This planner does not stream.");

    public object? GetService(Type serviceType, object? serviceKey = null) => serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
    }

    private static AITool Tool(ChatOptions? options) => options!.Tools!.First(tool => tool.Name.EndsWith("answer_customer_question", StringComparison.Ordinal));

    private static string Say(FunctionResultContent result)
    {
        var json = result.Result as string ?? JsonSerializer.Serialize(result.Result, AIJsonUtilities.DefaultOptions);
        var answer = JsonSerializer.Deserialize<CustomerServiceAnswer>(json, AIJsonUtilities.DefaultOptions)!;
        return answer.HandOver ? "A colleague will answer you." : answer.Text!;
    }
}
