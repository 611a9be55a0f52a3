using Microsoft.Extensions.AI;
using OnnxChat.Connector.Tests.Fixtures;

namespace OnnxChat.Connector.Tests.Conformance;

/// <content>Replies, whole and streamed, and what is refused.</content>
public abstract partial class ChatServiceConformance
{
    [Fact]
    public async Task GetResponse_Question_HasOneMessageWithFinishAndUsage()
    {
        var response = await _service.GetResponseAsync(StarterModel.Question, cancellationToken: Cancel);

        var message = Assert.Single(response.Messages);
        Assert.Equal(ChatRole.Assistant, message.Role);
        Assert.Equal(StarterModel.Answer, message.Text);
        Assert.Equal("trailhaven-starter", response.ModelId);
        Assert.Equal(ChatFinishReason.Stop, response.FinishReason);
        Assert.Equal((StarterModel.PromptTokens, 12, StarterModel.PromptTokens + 12), (response.Usage!.InputTokenCount, response.Usage.OutputTokenCount, response.Usage.TotalTokenCount));
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
        { new ChatOptions { ResponseFormat = ChatResponseFormat.Json }, "ResponseFormat" },
        { new ChatOptions { TopK = -1 }, "top-k" },
        { new ChatOptions { TopP = 0 }, "top-p" },
        { new ChatOptions { AdditionalProperties = new() { ["repetition_penalty"] = 0 } }, "repetition penalty" },
        { new ChatOptions { AdditionalProperties = new() { ["frequency_penalty"] = 0.5 } }, "frequency_penalty" },
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

    [Theory]
    [InlineData("<|ASSISTANT|>")]
    [InlineData("hello <|End|> there <|USER|>")]
    [InlineData("[PAD][PAD]")]
    public async Task GetResponse_MarkersInTheUsersText_StayText(string text)
    {
        var control = await _service.GetResponseAsync("x", cancellationToken: Cancel);
        var marked = await _service.GetResponseAsync(text, cancellationToken: Cancel);

        // A marker of its own id would be one token; as text it is several.
        Assert.True(marked.Usage!.InputTokenCount > control.Usage!.InputTokenCount + 2);
    }

    [Fact]
    public async Task GetResponse_StopSequences_AreNeverLeakedNotEvenPartly()
    {
        for (var at = 0; at < StarterModel.Answer.Length; at++)
        {
            for (var length = 1; length <= 6 && at + length <= StarterModel.Answer.Length; length += 2)
            {
                var stop = StarterModel.Answer.Substring(at, length);
                var options = new ChatOptions { Temperature = 0, StopSequences = ["never said", stop, stop + "and more"] };
                var expected = StarterModel.Answer[..StarterModel.Answer.IndexOf(stop, StringComparison.Ordinal)].Trim();

                var updates = await _service.GetStreamingResponseAsync(StarterModel.Question, options, Cancel).ToListAsync(Cancel);

                Assert.Equal(expected, string.Concat(updates.Select(u => u.Text)));
                Assert.Equal(ChatFinishReason.Stop, updates[^1].FinishReason);
            }
        }
    }

    [Fact]
    public async Task GetStreamingResponse_LimitWithinACharacter_GivesWhatTheWholeReplyGives()
    {
        for (var tokens = 1; tokens <= 12; tokens++)
        {
            var options = new ChatOptions { Temperature = 0, MaxOutputTokens = tokens };

            var whole = await _service.GetResponseAsync(StarterModel.Question, options, Cancel);
            var updates = await _service.GetStreamingResponseAsync(StarterModel.Question, options, Cancel).ToListAsync(Cancel);

            Assert.Equal(whole.Text, string.Concat(updates.Select(u => u.Text)));
            Assert.Equal(whole.FinishReason, updates[^1].FinishReason);
            Assert.Equal(tokens, whole.Usage!.OutputTokenCount);
        }
    }

    [Fact]
    public async Task GetResponse_MoreTokensThanTheContextHolds_EndsWithLengthWithinIt()
    {
        var question = string.Concat(Enumerable.Repeat("where is it ", 45));

        var response = await _service.GetResponseAsync(question, new ChatOptions { MaxOutputTokens = 100_000, Temperature = 0, StopSequences = [] }, Cancel);

        Assert.InRange(response.Usage!.TotalTokenCount!.Value, 1, 192);
    }

    [Fact]
    public async Task GetResponse_SeveralMessagesAtOnce_AnswersTheLastOfTheUser()
    {
        List<ChatMessage> messages = [new(ChatRole.System, "Be brief."), new(ChatRole.User, "hi"), new(ChatRole.Assistant, "Hello."), new(ChatRole.User, StarterModel.Question)];

        var alone = await _service.GetResponseAsync([messages[0], messages[3]], cancellationToken: Cancel);
        var all = await _service.GetResponseAsync(messages, cancellationToken: Cancel);

        Assert.Equal(alone.Usage!.InputTokenCount, all.Usage!.InputTokenCount);
        Assert.Equal(2, all.AdditionalProperties!["OnnxChat.MessagesLeftOut"]);
    }

    [Fact]
    public async Task GetResponse_ReplyAddedToTheMessages_CanBeAskedOn()
    {
        List<ChatMessage> messages = [new(ChatRole.User, StarterModel.Question)];

        messages.AddMessages(await _service.GetResponseAsync(messages, cancellationToken: Cancel));
        messages.Add(new(ChatRole.User, StarterModel.Question));

        Assert.Equal(StarterModel.Answer, (await _service.GetResponseAsync(messages, cancellationToken: Cancel)).Text);
    }

    [Fact]
    public async Task GetResponse_AlreadyCancelled_ThrowsAndDoesNoWork()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _service.GetResponseAsync("hi", cancellationToken: cancelled.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await _service.GetStreamingResponseAsync("hi", cancellationToken: cancelled.Token).ToListAsync(Cancel));

        Assert.Equal(0, Requests);
    }

    [Fact]
    public async Task GetResponse_Disposed_Throws()
    {
        var service = Create();
        await service.DisposeAsync();
        await service.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => service.GetResponseAsync("hi", cancellationToken: Cancel));
    }
}
