using System.Text.Json;
using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel;
using OnnxChat.Connector.Plugin;
using OnnxChat.Connector.Tests.Fixtures;

namespace OnnxChat.Connector.Tests.Plugin;

public sealed class CustomerServiceTests : IDisposable
{
    private const string Nonsense = "zqx vlorp 88 kkk purple monday sandwich";

    private readonly OnnxChatService _service = new(StarterModel.Folder);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _service.Dispose();

    [Fact]
    public void Create_EveryFunction_DescribesItselfAndItsParameters()
    {
        var functions = CustomerServiceTools.Create(_service);

        Assert.Equal(["answer_customer_question", "list_topics"], functions.Select(f => f.Name));
        Assert.All(functions, function =>
        {
            Assert.InRange(function.Description.Length, 40, 1024);
            Assert.All(function.JsonSchema.GetProperty("properties").EnumerateObject(), p => Assert.NotEmpty(p.Value.GetProperty("description").GetString()!));
        });
        var answer = functions[0];
        Assert.Equal(["question", "language"], answer.JsonSchema.GetProperty("properties").EnumerateObject().Select(p => p.Name));
        Assert.Equal(["question"], answer.JsonSchema.GetProperty("required").EnumerateArray().Select(r => r.GetString()));
        Assert.Equal(["text", "confidence", "hand_over", "hand_over_reason"], answer.ReturnJsonSchema!.Value.GetProperty("properties").EnumerateObject().Select(p => p.Name));
    }

    [Fact]
    public void AddCustomerService_KernelsMetadata_HasTheSameParameters()
    {
        var kernel = new Kernel();

        var plugin = kernel.Plugins.AddCustomerService(_service);

        Assert.Same(plugin, kernel.Plugins["CustomerService"]);
        var parameters = plugin["answer_customer_question"].Metadata.Parameters;
        Assert.Equal([("question", true), ("language", false)], parameters.Select(p => (p.Name, p.IsRequired)));
        Assert.All(parameters, p => Assert.NotEmpty(p.Description));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("zh")]
    [InlineData("zh-Hans")]
    [InlineData("ZH_cn")]
    public async Task Answer_KnownQuestion_HasTextAndScore(string? language)
    {
        var answer = await AnswerAsync(new() { ["question"] = StarterModel.Question, ["language"] = language });

        Assert.Equal((StarterModel.Answer, false, (HandOverReason?)null), (answer.Text, answer.HandOver, answer.Reason));
        Assert.InRange(answer.Confidence!.Value, 0.85, 1);
    }

    [Fact]
    public async Task Answer_BelowTheThreshold_HandsOverAndKeepsTheTextBack()
    {
        var kept = await AnswerAsync(new() { ["question"] = Nonsense });
        var given = await AnswerAsync(new() { ["question"] = Nonsense }, new CustomerServiceOptions { IncludeUnsureAnswers = true });

        Assert.Equal((null, true, HandOverReason.Unsure), (kept.Text, kept.HandOver, kept.Reason));
        Assert.InRange(kept.Confidence!.Value, 0, 0.85);
        Assert.True(given.HandOver);
        Assert.NotEmpty(given.Text!);
    }

    [Fact]
    public async Task Answer_LanguageThatTheScoreWasNotMeasuredIn_HandsOverWithoutAsking()
    {
        var model = new ScriptedModel(_ => StarterModel.End, StarterModel.Vocabulary);
        await using var service = model.Serve();

        var answer = await AnswerAsync(new() { ["question"] = "où est ma commande", ["language"] = "fr" }, chat: service);

        Assert.Equal((null, null, true, HandOverReason.Language), (answer.Text, answer.Confidence, answer.HandOver, answer.Reason));
        Assert.Equal(0, model.Sequences);
    }

    [Fact]
    public async Task Answer_InAnotherLanguageThanTheCustomers_HandsOver()
    {
        var answer = await AnswerAsync(new() { ["question"] = StarterModel.Question, ["language"] = "en" });

        Assert.Equal((null, true, HandOverReason.Language), (answer.Text, answer.HandOver, answer.Reason));
    }

    [Fact]
    public async Task Answer_ModelSaysNothing_HandsOver()
    {
        await using var service = new ScriptedModel(_ => StarterModel.End, StarterModel.Vocabulary).Serve();

        var answer = await AnswerAsync(new() { ["question"] = "hello" }, chat: service);

        Assert.Equal((null, HandOverReason.NoAnswer), (answer.Text, answer.Reason));
    }

    [Fact]
    public async Task Answer_QuestionThatDoesNotFit_HandsOver()
    {
        var answer = await AnswerAsync(new() { ["question"] = string.Join(' ', Enumerable.Repeat("where is my order", 2_000)) });

        Assert.Equal((true, HandOverReason.QuestionTooLong), (answer.HandOver, answer.Reason));
    }

    [Fact]
    public async Task Answer_EmptyQuestion_SaysSo()
    {
        var error = await Assert.ThrowsAsync<ArgumentException>(() => AnswerAsync(new() { ["question"] = " " }));

        Assert.Contains("The question is empty", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answer_FolderWithoutCalibration_HasNoScoreAndAnyLanguage()
    {
        using var folder = new ChatMLFolder();
        await using var service = new OnnxChatService(folder.Path);

        var answer = await AnswerAsync(new() { ["question"] = "hello", ["language"] = "fr" }, chat: service);

        Assert.Null(answer.Confidence);
        Assert.NotEqual(HandOverReason.Unsure, answer.Reason);
    }

    [Theory]
    [InlineData("", 100)]
    [InlineData("Customer Service", 100)]
    [InlineData("Shop", 0)]
    [InlineData("Shop", 10_001)]
    public void Create_OptionOutOfRange_IsRefused(string name, int topics) =>
        Assert.ThrowsAny<ArgumentException>(() => CustomerServiceTools.Create(_service, new CustomerServiceOptions { PluginName = name, MaxTopics = topics }));

    private async Task<CustomerServiceAnswer> AnswerAsync(AIFunctionArguments arguments, CustomerServiceOptions? options = null, IChatClient? chat = null)
    {
        var result = Assert.IsType<JsonElement>(await CustomerServiceTools.Create(chat ?? _service, options)[0].InvokeAsync(arguments, Cancel));
        return result.Deserialize<CustomerServiceAnswer>(AIJsonUtilities.DefaultOptions)!;
    }
}
