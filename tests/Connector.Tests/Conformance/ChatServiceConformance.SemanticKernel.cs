using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;
using Microsoft.SemanticKernel.Services;
using Microsoft.SemanticKernel.TextGeneration;
using OnnxChat.Connector.Tests.Fixtures;

namespace OnnxChat.Connector.Tests.Conformance;

/// <content>The service in Semantic Kernel.</content>
public abstract partial class ChatServiceConformance
{
    [Fact]
    public async Task GetChatMessageContents_Question_HasOneMessageWithMetadata()
    {
        var history = new ChatHistory();
        history.AddUserMessage("hello");
        history.AddAssistantMessage("Hello!");
        history.AddUserMessage(StarterModel.Question);

        var message = Assert.Single(await _service.GetChatMessageContentsAsync(history, cancellationToken: Cancel));

        Assert.Equal(AuthorRole.Assistant, message.Role);
        Assert.Equal(StarterModel.Answer, message.Content);
        Assert.Equal("trailhaven-starter", message.ModelId);
        Assert.Equal("stop", message.Metadata!["FinishReason"]);
        Assert.Equal(StarterModel.PromptTokens + 12, Assert.IsType<UsageDetails>(message.Metadata["Usage"]).TotalTokenCount);
        Assert.Equal(2, message.Metadata["OnnxChat.MessagesLeftOut"]);
        Assert.NotNull(message.Metadata["Id"]);
        Assert.NotNull(message.Metadata["CreatedAt"]);
    }

    [Fact]
    public async Task GetStreamingChatMessageContents_Question_EqualsTheWholeReply()
    {
        var updates = new List<StreamingChatMessageContent>();
        await foreach (var update in _service.GetStreamingChatMessageContentsAsync([new(AuthorRole.User, StarterModel.Question)], cancellationToken: Cancel))
            updates.Add(update);

        Assert.Equal(StarterModel.Answer, string.Concat(updates.Select(u => u.Content)));
        Assert.Equal("stop", updates[^1].Metadata!["FinishReason"]);
        Assert.All(updates[..^1], u => Assert.False(u.Metadata!.ContainsKey("FinishReason")));
    }

    [Fact]
    public async Task InvokePrompt_WithSettings_AnswersWithThem()
    {
        var kernel = KernelOf(_service);
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
        var text = await ((ITextGenerationService)_service).GetTextContentAsync(StarterModel.Question, cancellationToken: Cancel);
        var streamed = "";
        await foreach (var update in _service.GetStreamingTextContentsAsync(StarterModel.Question, cancellationToken: Cancel))
            streamed += update.Text;

        Assert.Equal(StarterModel.Answer, text.Text);
        Assert.Equal(StarterModel.Answer, streamed);
    }

    [Fact]
    public async Task GetChatMessageContents_RequiredFunction_IsRefused()
    {
        var settings = new OnnxChatPromptExecutionSettings { FunctionChoiceBehavior = FunctionChoiceBehavior.Required() };

        var error = await Assert.ThrowsAsync<NotSupportedException>(
            () => _service.GetChatMessageContentsAsync([new(AuthorRole.User, "hi")], settings, cancellationToken: Cancel));

        Assert.Contains("function", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetChatMessageContents_NoUserMessage_SaysSo()
    {

        var error = await Assert.ThrowsAsync<ArgumentException>(() => _service.GetChatMessageContentsAsync(new ChatHistory("system"), cancellationToken: Cancel));

        Assert.Contains("no user message", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task InvokePromptStreaming_Question_EqualsTheWholeReply()
    {
        var pieces = await KernelOf(_service).InvokePromptStreamingAsync<string>(StarterModel.Question, cancellationToken: Cancel).ToListAsync(Cancel);

        Assert.True(pieces.Count > 3);
        Assert.Equal(StarterModel.Answer, string.Concat(pieces));
    }

    [Fact]
    public async Task InvokePrompt_ChatTemplateWithRoles_MapsThem()
    {
        const string Template = """<message role="system">Be brief.</message><message role="user">{{$question}}</message>""";
        var kernel = KernelOf(_service);
        var expected = await _service.GetResponseAsync([new(ChatRole.System, "Be brief."), new(ChatRole.User, StarterModel.Question)], cancellationToken: Cancel);

        var result = await kernel.InvokePromptAsync(Template, new() { ["question"] = StarterModel.Question }, cancellationToken: Cancel);

        Assert.Equal(expected.Usage!.InputTokenCount, Assert.IsType<UsageDetails>(result.Metadata!["Usage"]).InputTokenCount);
    }

    [Fact]
    public async Task InvokeFunction_PromptConfigurationWithSettings_AnswersWithThem()
    {
        var function = KernelFunctionFactory.CreateFromPrompt(PromptTemplateConfig.FromJson("""
            {
              "template": "{{$question}}",
              "execution_settings": { "default": { "max_tokens": 4, "temperature": 0, "stop_sequences": ["###"], "unknown_to_us": 1 } }
            }
            """));

        var result = await KernelOf(_service).InvokeAsync(function, new() { ["question"] = StarterModel.Question }, Cancel);

        Assert.Equal("length", result.Metadata!["FinishReason"]);
        Assert.Equal(4, Assert.IsType<UsageDetails>(result.Metadata["Usage"]).OutputTokenCount);
    }

    [Fact]
    public async Task GetChatMessageContents_ReplyAddedToTheHistory_CanBeAskedOn()
    {
        var history = new ChatHistory("Be brief.");
        history.AddUserMessage(StarterModel.Question);
        history.AddRange(await _service.GetChatMessageContentsAsync(history, cancellationToken: Cancel));
        history.AddUserMessage(StarterModel.Question);

        var reply = Assert.Single(await _service.GetChatMessageContentsAsync(history, cancellationToken: Cancel));

        Assert.Equal(4, history.Count);
        Assert.Equal(2, reply.Metadata!["OnnxChat.MessagesLeftOut"]);
    }

    [Fact]
    public async Task GetChatMessageContents_DeveloperMessage_IsSystemText()
    {
        var system = await _service.GetChatMessageContentAsync([new(AuthorRole.System, "Be brief."), new(AuthorRole.User, "hi")], cancellationToken: Cancel);
        var developer = await _service.GetChatMessageContentAsync([new(AuthorRole.Developer, "Be brief."), new(AuthorRole.User, "hi")], cancellationToken: Cancel);

        Assert.Equal(((UsageDetails)system.Metadata!["Usage"]!).InputTokenCount, ((UsageDetails)developer.Metadata!["Usage"]!).InputTokenCount);
    }

    [Fact]
    public async Task GetChatMessageContents_ImageInTheUsersMessage_IsRefusedByName()
    {
        ChatMessageContentItemCollection items = [new Microsoft.SemanticKernel.TextContent("what is this?"), new ImageContent(new byte[] { 1 }, "image/png")];

        var error = await Assert.ThrowsAsync<NotSupportedException>(() => _service.GetChatMessageContentsAsync([new(AuthorRole.User, items)], cancellationToken: Cancel));

        Assert.Contains(nameof(ImageContent), error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task GetChatMessageContents_FunctionsOffered_AreIgnoredWithOneWarning(bool auto)
    {
        using var log = new RecordingLog(LogLevel.Warning);
        await using var service = Create(log);
        var settings = new OnnxChatPromptExecutionSettings { FunctionChoiceBehavior = auto ? FunctionChoiceBehavior.Auto() : FunctionChoiceBehavior.None() };
        var kernel = KernelOf(service);
        kernel.Plugins.AddFromFunctions("clock", [KernelFunctionFactory.CreateFromMethod(() => "noon", "time")]);

        for (var i = 0; i < 2; i++)
            Assert.Equal(StarterModel.Answer, (await service.GetChatMessageContentAsync(StarterModel.Question, settings, kernel, Cancel)).Content);

        Assert.Equal(auto ? 1 : 0, log.Entries.Count(e => e.Message.Contains("FunctionChoiceBehavior.Auto", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task GetChatMessageContents_UnknownSetting_IsIgnoredWithOneWarning()
    {
        using var log = new RecordingLog(LogLevel.Warning);
        await using var service = Create(log);
        var settings = new PromptExecutionSettings { ExtensionData = new Dictionary<string, object> { ["logit_bias"] = 1, ["max_tokens"] = 4 } };

        for (var i = 0; i < 2; i++)
            Assert.Equal("length", (await service.GetChatMessageContentAsync(StarterModel.Question, settings, cancellationToken: Cancel)).Metadata!["FinishReason"]);

        Assert.Contains("logit_bias", Assert.Single(log.Entries).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task InvokePrompt_SeveralServices_TakesTheOneThatTheSettingsName()
    {
        await using var second = Create(new OnnxChatOptions { ModelPath = StarterModel.Folder, ModelId = "second" }, null);
        var builder = Kernel.CreateBuilder();
        builder.Services.AddKeyedSingleton<IChatCompletionService>("a", _service);
        builder.Services.AddKeyedSingleton<IChatCompletionService>("b", second);
        var kernel = builder.Build();

        async Task<string?> ModelOf(PromptExecutionSettings settings) =>
            (await kernel.InvokePromptAsync<ChatMessageContent>(StarterModel.Question, new(settings), cancellationToken: Cancel))!.ModelId;

        Assert.Equal("trailhaven-starter", await ModelOf(new OnnxChatPromptExecutionSettings { ServiceId = "a" }));
        Assert.Equal("second", await ModelOf(new OnnxChatPromptExecutionSettings { ServiceId = "b" }));
        Assert.Equal("second", await ModelOf(new OnnxChatPromptExecutionSettings { ModelId = "second" }));
    }

    [Fact]
    public async Task InvokePrompt_WithFilters_PassesThroughThem()
    {
        var kernel = KernelOf(_service);
        var filter = new CountingFilter();
        kernel.FunctionInvocationFilters.Add(filter);
        kernel.PromptRenderFilters.Add(filter);

        var result = await kernel.InvokePromptAsync("replaced by the filter", cancellationToken: Cancel);

        Assert.Equal(StarterModel.Answer, result.ToString());
        Assert.Equal((1, 1), (filter.Invocations, filter.Renderings));
    }

    [Fact]
    public async Task AsChatCompletionService_AndBack_AnswersTheSame()
    {
        var viaClient = ((IChatClient)_service).AsChatCompletionService();
        using var viaService = ((IChatCompletionService)_service).AsChatClient();

        Assert.Equal(StarterModel.Answer, (await viaClient.GetChatMessageContentAsync(StarterModel.Question, new OnnxChatPromptExecutionSettings { Temperature = 0 }, cancellationToken: Cancel)).Content);
        Assert.Equal(StarterModel.Answer, (await viaService.GetResponseAsync(StarterModel.Question, new ChatOptions { Temperature = 0 }, Cancel)).Text);
    }

    [Fact]
    public void Attributes_HoldModelAndFolder()
    {
        Assert.Equal("starter", ((IChatCompletionService)_service).GetModelId());
        Assert.Equal(StarterModel.Folder, ((IChatCompletionService)_service).GetEndpoint());
    }

    private static Kernel KernelOf(OnnxChatService service)
    {
        var builder = Kernel.CreateBuilder();
        builder.Services.AddSingleton<IChatCompletionService>(service);
        return builder.Build();
    }

    private sealed class CountingFilter : IFunctionInvocationFilter, IPromptRenderFilter
    {
        public int Invocations { get; private set; }

        public int Renderings { get; private set; }

        public async Task OnFunctionInvocationAsync(Microsoft.SemanticKernel.FunctionInvocationContext context, Func<Microsoft.SemanticKernel.FunctionInvocationContext, Task> next)
        {
            Invocations++;
            await next(context);
        }

        public async Task OnPromptRenderAsync(PromptRenderContext context, Func<PromptRenderContext, Task> next)
        {
            await next(context);
            Renderings++;
            context.RenderedPrompt = StarterModel.Question;
        }
    }
}
