using Microsoft.Extensions.AI;
using OnnxChat.Connector.Tests.Fixtures;

namespace OnnxChat.Connector.Tests.Chat;

/// <summary>The service as chat client of Microsoft.Extensions.AI, over the starter model.</summary>
public sealed class ChatClientTests : IDisposable
{
    private readonly OnnxChatService _service = new(StarterModel.Folder);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _service.Dispose();

    [Fact]
    public async Task GetResponse_TheTwelveQuestions_GivesTheReferenceReplies()
    {
        foreach (var (user, reply) in StarterModel.Questions())
            Assert.Equal(reply, (await _service.GetResponseAsync(user, cancellationToken: Cancel)).Text);
    }

    [Fact]
    public async Task GetResponse_Question_HasOneMessageWithFinishAndUsage()
    {
        var response = await _service.GetResponseAsync(StarterModel.Question, cancellationToken: Cancel);

        var message = Assert.Single(response.Messages);
        Assert.Equal(ChatRole.Assistant, message.Role);
        Assert.Equal(StarterModel.Answer, message.Text);
        Assert.Equal("trailhaven-starter", response.ModelId);
        Assert.Equal(ChatFinishReason.Stop, response.FinishReason);
        Assert.Equal((22, 12, 34), (response.Usage!.InputTokenCount, response.Usage.OutputTokenCount, response.Usage.TotalTokenCount));
        Assert.Equal(response.ResponseId, message.MessageId);
    }

    [Fact]
    public async Task GetStreamingResponse_Question_StreamsWholeCharactersAndEndsWithFinishAndUsage()
    {
        var updates = new List<ChatResponseUpdate>();
        await foreach (var update in _service.GetStreamingResponseAsync(StarterModel.Question, cancellationToken: Cancel))
            updates.Add(update);

        Assert.True(updates.Count > 3);
        Assert.DoesNotContain(updates, u => u.Text.Contains('\ufffd', StringComparison.Ordinal));
        Assert.All(updates[..^1], u => Assert.Null(u.FinishReason));
        Assert.Equal(ChatFinishReason.Stop, updates[^1].FinishReason);
        Assert.Equal(12, Assert.Single(updates[^1].Contents.OfType<UsageContent>()).Details.OutputTokenCount);
        Assert.Equal(StarterModel.Answer, string.Concat(updates.Select(u => u.Text)));
        Assert.Equal(StarterModel.Answer, updates.ToChatResponse().Text);
    }

    [Fact]
    public async Task GetResponse_EarlierTurns_AreLeftOutAndCounted()
    {
        List<ChatMessage> messages =
        [
            new(ChatRole.User, "hello"),
            new(ChatRole.Assistant, "Hello and welcome!"),
            new(ChatRole.User, StarterModel.Question),
        ];

        var response = await _service.GetResponseAsync(messages, cancellationToken: Cancel);

        Assert.Equal(StarterModel.Answer, response.Text);
        Assert.Equal(2, response.AdditionalProperties!["OnnxChat.MessagesLeftOut"]);
    }

    [Fact]
    public async Task GetResponse_SystemMessagesAndInstructions_ReplaceTheDefaultSystemText()
    {
        var plain = await _service.GetResponseAsync("hi", cancellationToken: Cancel);
        var given = await _service.GetResponseAsync(
            [new(ChatRole.System, "b"), new(ChatRole.User, "hi")], new ChatOptions { Instructions = "a" }, Cancel);
        var joined = await _service.GetResponseAsync([new(ChatRole.System, "a\nb"), new(ChatRole.User, "hi")], cancellationToken: Cancel);

        Assert.NotEqual(plain.Usage!.InputTokenCount, given.Usage!.InputTokenCount);
        Assert.Equal(joined.Usage!.InputTokenCount, given.Usage.InputTokenCount);
    }

    [Fact]
    public async Task GetResponse_MaxOutputTokens_EndsWithLength()
    {
        var response = await _service.GetResponseAsync(StarterModel.Question, new ChatOptions { MaxOutputTokens = 4 }, Cancel);

        Assert.Equal(ChatFinishReason.Length, response.FinishReason);
        Assert.Equal(4, response.Usage!.OutputTokenCount);
        Assert.StartsWith(response.Text, StarterModel.Answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetResponse_StopSequence_EndsBeforeIt()
    {
        var response = await _service.GetResponseAsync(StarterModel.Question, new ChatOptions { StopSequences = ["并点击退"] }, Cancel);

        Assert.Equal("请打开“我的订单”，选择商品", response.Text);
        Assert.Equal(ChatFinishReason.Stop, response.FinishReason);
    }

    [Fact]
    public async Task GetResponse_SameSeed_GivesTheSameReply()
    {
        var options = new ChatOptions { Temperature = 2, TopP = 1, TopK = 0, Seed = 5, MaxOutputTokens = 20 };

        var first = await _service.GetResponseAsync(StarterModel.Question, options, Cancel);
        var second = await _service.GetResponseAsync(StarterModel.Question, options, Cancel);
        options.Seed = 6;
        var third = await _service.GetResponseAsync(StarterModel.Question, options, Cancel);

        Assert.Equal(first.Text, second.Text);
        Assert.NotEqual(first.Text, third.Text);
    }

    [Fact]
    public async Task GetResponse_NoUserMessage_SaysSo()
    {
        var error = await Assert.ThrowsAsync<ArgumentException>(() => _service.GetResponseAsync([new(ChatRole.System, "x")], cancellationToken: Cancel));

        Assert.Contains("user", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetResponse_ImageInTheUsersMessage_IsRefusedByName()
    {
        var message = new ChatMessage(ChatRole.User, [new TextContent("what is this?"), new DataContent(new byte[] { 1 }, "image/png")]);

        var error = await Assert.ThrowsAsync<NotSupportedException>(() => _service.GetResponseAsync([message], cancellationToken: Cancel));

        Assert.Contains(nameof(DataContent), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetResponse_PromptDoesNotFit_NamesLengthAndLimit()
    {
        var error = await Assert.ThrowsAsync<OnnxChatPromptTooLongException>(
            () => _service.GetResponseAsync(string.Concat(Enumerable.Repeat("many words ", 200)), cancellationToken: Cancel));

        Assert.Equal(192, error.ContextLength);
        Assert.True(error.PromptTokens > 192);
        Assert.Contains("192", error.Message, StringComparison.Ordinal);
    }

    public static TheoryData<ChatOptions, string> Refused => new()
    {
        { new ChatOptions { FrequencyPenalty = 0.5f }, "FrequencyPenalty" },
        { new ChatOptions { PresencePenalty = 0.5f }, "PresencePenalty" },
        { new ChatOptions { ToolMode = ChatToolMode.RequireAny }, "ToolMode" },
        { new ChatOptions { TopP = 1.5f }, "top-p" },
        { new ChatOptions { Temperature = -1 }, "temperature" },
        { new ChatOptions { MaxOutputTokens = 0 }, "max tokens" },
        { new ChatOptions { StopSequences = [""] }, "stop sequence" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task GetResponse_OptionThatCannotBeHonoured_IsRefusedByName(ChatOptions options, string name)
    {
        var error = await Assert.ThrowsAnyAsync<Exception>(() => _service.GetResponseAsync("hi", options, Cancel));

        Assert.True(error is ArgumentException or NotSupportedException, error.ToString());
        Assert.Contains(name, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void GetService_KnowsItselfItsMetadataAndNothingElse()
    {
        Assert.Same(_service, _service.GetService<OnnxChatService>());
        Assert.Same(_service, _service.GetService<IChatClient>());
        Assert.Null(_service.GetService(typeof(OnnxChatService), "key"));
        Assert.Null(_service.GetService<string>());
        var metadata = _service.GetService<ChatClientMetadata>()!;
        Assert.Equal("onnxchat", metadata.ProviderName);
        Assert.Equal("starter", metadata.DefaultModelId);
    }

    [Fact]
    public async Task AsBuilder_WithMiddleware_AnswersThroughIt()
    {
        var seen = 0;
        using var pipeline = _service.AsBuilder()
            .Use(async (messages, options, next, token) =>
            {
                seen++;
                await next(messages, options, token);
            })
            .Build();

        Assert.Equal(StarterModel.Answer, (await pipeline.GetResponseAsync(StarterModel.Question, cancellationToken: Cancel)).Text);
        Assert.Equal(1, seen);
    }
}
