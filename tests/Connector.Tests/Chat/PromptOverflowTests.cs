using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel.ChatCompletion;
using OnnxChat.Connector.Tests.Fixtures;

namespace OnnxChat.Connector.Tests.Chat;

/// <summary>A question that is too long for the starter model's context of 192 tokens.</summary>
public class PromptOverflowTests
{
    private static readonly string TooLong = string.Concat(Enumerable.Repeat("many words ", 200)) + StarterModel.Question;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GetResponse_OptionOfTheService_CutsAndReports()
    {
        using var model = new ScriptedModel(_ => StarterModel.End, StarterModel.Vocabulary);
        using var service = model.Serve(o => o.PromptOverflow = OnnxChatPromptOverflow.TruncateUser);

        var response = await service.GetResponseAsync(TooLong, new ChatOptions { MaxOutputTokens = 40 }, Cancel);

        var prompt = Assert.Single(model.Prompts);
        Assert.InRange(prompt.Length, 140, 152);
        Assert.Equal(Connector.ModelFolders.ModelFolder.Open(StarterModel.Folder).Prompts.Build(TooLong, null).Length - prompt.Length, response.AdditionalProperties!["OnnxChat.TokensLeftOut"]);
    }

    [Fact]
    public async Task GetResponse_SettingOfTheReply_ComesBeforeTheServices()
    {
        using var model = new ScriptedModel(_ => StarterModel.End, StarterModel.Vocabulary);
        using var service = model.Serve(o => o.PromptOverflow = OnnxChatPromptOverflow.TruncateUser);
        var options = new ChatOptions { AdditionalProperties = new() { ["prompt_overflow"] = "refuse" } };

        await Assert.ThrowsAsync<OnnxChatPromptTooLongException>(() => service.GetResponseAsync(TooLong, options, Cancel));
    }

    [Fact]
    public async Task GetChatMessageContents_SettingOfTheReply_CutsAndReports()
    {
        using var model = new ScriptedModel(_ => StarterModel.End, StarterModel.Vocabulary);
        using var service = model.Serve();
        ChatHistory history = [new(AuthorRole.User, TooLong)];

        var cut = Assert.Single(await service.GetChatMessageContentsAsync(history, new OnnxChatPromptExecutionSettings { PromptOverflow = OnnxChatPromptOverflow.TruncateUser }, cancellationToken: Cancel));
        var whole = Assert.Single(await service.GetChatMessageContentsAsync("hi", cancellationToken: Cancel));

        Assert.True((int)cut.Metadata!["OnnxChat.TokensLeftOut"]! > 100);
        Assert.Equal(0, whole.Metadata!["OnnxChat.TokensLeftOut"]);
        await Assert.ThrowsAsync<OnnxChatPromptTooLongException>(() => service.GetChatMessageContentsAsync(history, cancellationToken: Cancel));
    }

    [Fact]
    public void Service_UnknownPromptOverflow_IsRefused()
    {
        var error = Assert.Throws<ArgumentException>(() => new OnnxChatService(new OnnxChatOptions { ModelPath = "x", PromptOverflow = (OnnxChatPromptOverflow)7 }));

        Assert.Contains("PromptOverflow is 7", error.Message, StringComparison.Ordinal);
    }
}
