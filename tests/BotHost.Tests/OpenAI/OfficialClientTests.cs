using System.ClientModel;
using System.ClientModel.Primitives;
using Microsoft.Extensions.AI;
using OnnxChat.BotHost.Tests.Hosting;
using OpenAI;
using OpenAI.Chat;

namespace OnnxChat.BotHost.Tests.OpenAI;

/// <summary>OpenAI's own client for .NET, and Microsoft.Extensions.AI on it.</summary>
public sealed class OfficialClientTests : IAsyncDisposable
{
    private static readonly CancellationToken Cancelled = TestContext.Current.CancellationToken;

    private readonly TestHost _host = new();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task CompleteChat_WholeAndStreamed_GivesTheReply()
    {
        var client = Client();

        ChatCompletion whole = await client.CompleteChatAsync([new UserChatMessage("hello")], cancellationToken: Cancelled);
        var streamed = "";
        await foreach (var update in client.CompleteChatStreamingAsync([new UserChatMessage("hello")], cancellationToken: Cancelled))
            streamed += string.Concat(update.ContentUpdate.Select(part => part.Text));

        Assert.Equal("Answer to hello", whole.Content[0].Text);
        Assert.Equal(global::OpenAI.Chat.ChatFinishReason.Stop, whole.FinishReason);
        Assert.Equal("Answer to hello", streamed);
    }

    [Fact]
    public async Task CompleteChat_UnsupportedOption_ThrowsWithItsName()
    {
        var error = await Assert.ThrowsAsync<ClientResultException>(() => Client().CompleteChatAsync(
            [new UserChatMessage("hello")], new ChatCompletionOptions { IncludeLogProbabilities = true }, Cancelled));

        Assert.Equal(400, error.Status);
        Assert.Contains("logprobs", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AsIChatClient_Conversation_GivesTheReply()
    {
        using var chat = Client().AsIChatClient();

        var response = await chat.GetResponseAsync("hello", new ChatOptions { MaxOutputTokens = 20, Seed = 1, Temperature = 0 }, Cancelled);

        Assert.Equal("Answer to hello", response.Text);
    }

    private ChatClient Client() => new(
        "onnxchat",
        new ApiKeyCredential("none"),
        new OpenAIClientOptions { Endpoint = new Uri("http://localhost/v1"), Transport = new HttpClientPipelineTransport(_host.CreateClient()), RetryPolicy = new ClientRetryPolicy(0) });
}
