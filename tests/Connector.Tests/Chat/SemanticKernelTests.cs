using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;
using Microsoft.SemanticKernel.TextGeneration;
using OnnxChat.Connector.Tests.Fixtures;

namespace OnnxChat.Connector.Tests.Chat;

/// <summary>The service in a kernel, over the starter model.</summary>
public sealed class SemanticKernelTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GetChatMessageContents_Question_HasOneMessageWithMetadata()
    {
        await using var service = new OnnxChatService(StarterModel.Folder);
        var history = new ChatHistory();
        history.AddUserMessage("hello");
        history.AddAssistantMessage("Hello!");
        history.AddUserMessage(StarterModel.Question);

        var message = Assert.Single(await service.GetChatMessageContentsAsync(history, cancellationToken: Cancel));

        Assert.Equal(AuthorRole.Assistant, message.Role);
        Assert.Equal(StarterModel.Answer, message.Content);
        Assert.Equal("trailhaven-starter", message.ModelId);
        Assert.Equal("stop", message.Metadata!["FinishReason"]);
        Assert.Equal(34, Assert.IsType<UsageDetails>(message.Metadata["Usage"]).TotalTokenCount);
        Assert.Equal(2, message.Metadata["OnnxChat.MessagesLeftOut"]);
        Assert.NotNull(message.Metadata["Id"]);
        Assert.NotNull(message.Metadata["CreatedAt"]);
    }

    [Fact]
    public async Task GetStreamingChatMessageContents_Question_EqualsTheWholeReply()
    {
        await using var service = new OnnxChatService(StarterModel.Folder);
        var updates = new List<StreamingChatMessageContent>();
        await foreach (var update in service.GetStreamingChatMessageContentsAsync([new(AuthorRole.User, StarterModel.Question)], cancellationToken: Cancel))
            updates.Add(update);

        Assert.Equal(StarterModel.Answer, string.Concat(updates.Select(u => u.Content)));
        Assert.Equal("stop", updates[^1].Metadata!["FinishReason"]);
        Assert.All(updates[..^1], u => Assert.False(u.Metadata!.ContainsKey("FinishReason")));
    }

    [Fact]
    public async Task InvokePrompt_WithSettings_AnswersWithThem()
    {
        var kernel = Kernel.CreateBuilder().AddOnnxChat(StarterModel.Folder).Build();
        var settings = new OnnxChatPromptExecutionSettings { MaxTokens = 4 };

        var whole = await kernel.InvokePromptAsync("{{$question}}", new() { ["question"] = StarterModel.Question }, cancellationToken: Cancel);
        var cut = await kernel.InvokePromptAsync("{{$question}}", new(settings) { ["question"] = StarterModel.Question }, cancellationToken: Cancel);

        Assert.Equal(StarterModel.Answer, whole.ToString());
        Assert.StartsWith(cut.ToString(), StarterModel.Answer, StringComparison.Ordinal);
        Assert.NotEqual(StarterModel.Answer, cut.ToString());
    }

    [Fact]
    public async Task GetTextContents_Question_AnswersIt()
    {
        await using var service = new OnnxChatService(StarterModel.Folder);
        var text = await ((ITextGenerationService)service).GetTextContentAsync(StarterModel.Question, cancellationToken: Cancel);
        var streamed = "";
        await foreach (var update in service.GetStreamingTextContentsAsync(StarterModel.Question, cancellationToken: Cancel))
            streamed += update.Text;

        Assert.Equal(StarterModel.Answer, text.Text);
        Assert.Equal(StarterModel.Answer, streamed);
    }

    [Fact]
    public async Task GetChatMessageContents_RequiredFunction_IsRefused()
    {
        await using var service = new OnnxChatService(StarterModel.Folder);
        var settings = new OnnxChatPromptExecutionSettings { FunctionChoiceBehavior = FunctionChoiceBehavior.Required() };

        var error = await Assert.ThrowsAsync<NotSupportedException>(
            () => service.GetChatMessageContentsAsync([new(AuthorRole.User, "hi")], settings, cancellationToken: Cancel));

        Assert.Contains("function", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetChatMessageContents_NoUserMessage_SaysSo()
    {
        await using var service = new OnnxChatService(StarterModel.Folder);

        var error = await Assert.ThrowsAsync<ArgumentException>(() => service.GetChatMessageContentsAsync(new ChatHistory("system"), cancellationToken: Cancel));

        Assert.Contains("no user message", error.Message, StringComparison.Ordinal);
    }
}
