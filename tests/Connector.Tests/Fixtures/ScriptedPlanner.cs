using System.Text.Json;
using Microsoft.Extensions.AI;
using OnnxChat.Connector.Plugin;

namespace OnnxChat.Connector.Tests.Fixtures;

/// <summary>
/// Plays the model of an agent: passes the customer's words to the customer service, and then says what it got, or that a
/// colleague will answer. Knows of the tools only what is offered with the request.
/// </summary>
internal sealed class ScriptedPlanner : IChatClient
{
    public const string HandOver = "A colleague will answer you.";

    /// <summary>The tools that the last request offered.</summary>
    public IReadOnlyList<AIFunctionDeclaration> Offered { get; private set; } = [];

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        Offered = [.. (options?.Tools ?? []).OfType<AIFunctionDeclaration>()];
        var all = messages.ToList();
        var result = all[^1].Contents.OfType<FunctionResultContent>().SingleOrDefault();
        return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, [result is null ? Call(all[^1].Text) : new TextContent(Reply(result))])));
    }

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public object? GetService(Type serviceType, object? serviceKey = null) => serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
    }

    private FunctionCallContent Call(string question)
    {
        var function = Offered.Single(tool => tool.Name.EndsWith("answer_customer_question", StringComparison.Ordinal));
        return new FunctionCallContent("call-1", function.Name, new Dictionary<string, object?> { ["question"] = question });
    }

    // As a model would get it: text that the function calling made of the result.
    private static string Reply(FunctionResultContent result)
    {
        var json = result.Result as string ?? JsonSerializer.Serialize(result.Result, AIJsonUtilities.DefaultOptions);
        var answer = JsonSerializer.Deserialize<CustomerServiceAnswer>(json, AIJsonUtilities.DefaultOptions)!;
        return answer.HandOver ? HandOver : answer.Text!;
    }
}
