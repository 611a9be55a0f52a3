using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;
using OnnxChat.Connector.ModelFolders;
using OnnxChat.Connector.Prompting;
using OnnxChat.Connector.Tests.Fixtures;

namespace OnnxChat.Connector.Tests.Chat;

/// <summary>Conversations over a folder whose template takes them whole.</summary>
public sealed class MultiTurnTests : IDisposable
{
    private readonly ChatMLFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static ChatMessage[] Conversation =>
    [
        new(ChatRole.System, "Be kind."),
        new(ChatRole.User, "hello"),
        new(ChatRole.Assistant, "Welcome <|im_end|>"),
        new(ChatRole.Assistant, [new Microsoft.Extensions.AI.FunctionCallContent("1", "lookup")]),
        new(ChatRole.Tool, [new Microsoft.Extensions.AI.FunctionResultContent("1", "42")]),
        new(ChatRole.User, StarterModel.Question),
    ];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task GetResponse_History_IsThePromptOfTheTemplate()
    {
        using var model = new ScriptedModel(_ => ChatMLFolder.End, StarterModel.Vocabulary);
        using var service = Serve(model);

        var response = await service.GetResponseAsync(Conversation, cancellationToken: Cancel);

        var tokenizer = ModelFolder.Open(_folder.Path).Tokenizer;
        int[] Message(string text) => [ChatMLFolder.Start, .. tokenizer.Encode(text), ChatMLFolder.End, .. tokenizer.Encode("\n")];
        Assert.Equal(
            [
                .. Message("system\nBe kind."), .. Message("user\nhello"), .. Message("assistant\nWelcome <|im_end|>"),
                .. Message($"user\n{StarterModel.Question}"), ChatMLFolder.Start, .. tokenizer.Encode("assistant\n"),
            ],
            Assert.Single(model.Prompts));
        Assert.Equal(2, response.AdditionalProperties!["OnnxChat.MessagesLeftOut"]);
        Assert.Equal(ChatFinishReason.Stop, response.FinishReason);
    }

    [Fact]
    public async Task GetChatMessageContents_History_IsTheSamePrompt()
    {
        using var model = new ScriptedModel(_ => ChatMLFolder.End, StarterModel.Vocabulary);
        using var service = Serve(model);
        var history = new ChatHistory("Be kind.");
        history.AddUserMessage("hello");
        history.AddAssistantMessage("Welcome <|im_end|>");
        history.AddUserMessage(StarterModel.Question);

        await service.GetResponseAsync(Conversation, cancellationToken: Cancel);
        var prompt = Assert.Single(model.Prompts);
        var message = Assert.Single(await service.GetChatMessageContentsAsync(history, cancellationToken: Cancel));

        Assert.Equal(prompt, Assert.Single(model.Prompts));
        Assert.Equal(0, message.Metadata!["OnnxChat.MessagesLeftOut"]);
    }

    [Fact]
    public async Task GetTextContents_Prompt_IsOneTurnOfTheUser()
    {
        using var model = new ScriptedModel(_ => ChatMLFolder.End, StarterModel.Vocabulary);
        using var service = Serve(model);

        await service.GetTextContentsAsync("hi", cancellationToken: Cancel);

        Assert.Equal(ModelFolder.Open(_folder.Path).Prompts.Build([new Turn(TurnRole.User, "hi")], null), Assert.Single(model.Prompts));
    }

    [Fact]
    public async Task GetResponse_EarlierImage_IsRefusedByName()
    {
        using var model = new ScriptedModel(_ => ChatMLFolder.End, StarterModel.Vocabulary);
        using var service = Serve(model);

        var error = await Assert.ThrowsAsync<NotSupportedException>(() => service.GetResponseAsync(
            [new(ChatRole.User, [new DataContent(new byte[] { 1 }, "image/png")]), new(ChatRole.User, "hi")], cancellationToken: Cancel));

        Assert.Contains(nameof(DataContent), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetResponse_HistoryLongerThanTheContext_LosesItsOldestTurns()
    {
        using var model = new ScriptedModel(_ => ChatMLFolder.End, StarterModel.Vocabulary);
        using var service = Serve(model);
        var messages = Enumerable.Range(1, 40).SelectMany(i => new ChatMessage[] { new(ChatRole.User, $"question {i}"), new(ChatRole.Assistant, $"answer {i}") }).SkipLast(1).ToList();

        var response = await service.GetResponseAsync(messages, new ChatOptions { MaxOutputTokens = 50 }, Cancel);

        var leftOut = Assert.IsType<int>(response.AdditionalProperties!["OnnxChat.MessagesLeftOut"]);
        Assert.InRange(leftOut, 1, messages.Count - 2);
        Assert.InRange(Assert.Single(model.Prompts).Length, 100, 142);
    }

    [Fact]
    public async Task GetResponse_ThroughTheRuntime_AnswersTheWholePrompt()
    {
        using var service = new OnnxChatService(_folder.Path);

        var response = await service.GetResponseAsync(Conversation, new ChatOptions { Temperature = 0, MaxOutputTokens = 8 }, Cancel);

        Assert.Equal(ModelFolder.Open(_folder.Path).Prompts.Build(
            [new Turn(TurnRole.User, "hello"), new Turn(TurnRole.Assistant, "Welcome <|im_end|>"), new Turn(TurnRole.User, StarterModel.Question)], "Be kind.").Length, response.Usage!.InputTokenCount);
        Assert.InRange(response.Usage.OutputTokenCount!.Value, 1, 8);
        Assert.DoesNotContain("<|im_", response.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetResponse_ManyAtOnceOnAGraphOfNoImport_GetOneRowABatch()
    {
        var largest = 0;
        using var model = new ScriptedModel(_ => ChatMLFolder.End, StarterModel.Vocabulary) { BeforeStart = rows => largest = Math.Max(largest, rows) };
        using var service = Serve(model);

        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => service.GetResponseAsync($"question {i}", cancellationToken: Cancel)));

        Assert.Equal(20, model.Sequences);
        Assert.Equal(1, largest);
    }

    private OnnxChatService Serve(ScriptedModel model) => model.Serve(o => o.ModelPath = _folder.Path);
}
