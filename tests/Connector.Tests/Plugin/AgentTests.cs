using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;
using OnnxChat.Connector.Plugin;
using OnnxChat.Connector.Tests.Fixtures;

namespace OnnxChat.Connector.Tests.Plugin;

/// <summary>Agents that plan with a model of their own and ask the customer service by automatic function calling.</summary>
public sealed class AgentTests : IDisposable
{
    private const string Nonsense = "zqx vlorp 88 kkk purple monday sandwich";

    private readonly OnnxChatService _service = new(StarterModel.Folder);
    private readonly ScriptedPlanner _planner = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _service.Dispose();
        _planner.Dispose();
    }

    [Theory]
    [InlineData(StarterModel.Question, StarterModel.Answer)]
    [InlineData(Nonsense, ScriptedPlanner.HandOver)]
    public async Task GetResponse_FunctionInvocation_AsksTheCustomerService(string question, string expected)
    {
        using var agent = _planner.AsBuilder().UseFunctionInvocation().Build();

        var response = await agent.GetResponseAsync(question, new ChatOptions { Tools = [.. CustomerServiceTools.Create(_service)] }, Cancel);

        Assert.Equal(expected, response.Text);
        Assert.Equal(["answer_customer_question", "list_topics"], _planner.Offered.Select(tool => tool.Name));
    }

    [Theory]
    [InlineData(StarterModel.Question, StarterModel.Answer)]
    [InlineData(Nonsense, ScriptedPlanner.HandOver)]
    public async Task InvokePrompt_KernelWithThePlugin_AsksTheCustomerService(string question, string expected)
    {
        var builder = Kernel.CreateBuilder();
        builder.Services.AddSingleton(_planner.AsBuilder().UseKernelFunctionInvocation().Build().AsChatCompletionService());
        var kernel = builder.Build();
        kernel.Plugins.AddCustomerService(_service);
        var settings = new PromptExecutionSettings { FunctionChoiceBehavior = FunctionChoiceBehavior.Auto() };

        var answer = await kernel.InvokePromptAsync(question, new KernelArguments(settings), cancellationToken: Cancel);

        Assert.Equal(expected, answer.ToString());
        Assert.Equal(2, _planner.Offered.Count);
    }

    [Fact]
    public async Task AddCustomerService_InTheBuilder_TakesTheServiceOfTheKey()
    {
        var builder = Kernel.CreateBuilder().AddOnnxChat(StarterModel.Folder, "shop");
        builder.Plugins.AddCustomerService("shop", new CustomerServiceOptions { PluginName = "Shop" });
        var kernel = builder.Build();

        var result = await kernel.InvokeAsync("Shop", "answer_customer_question", new() { ["question"] = StarterModel.Question, ["language"] = "zh-CN" }, Cancel);

        Assert.Contains("\"hand_over\":false", result.ToString(), StringComparison.Ordinal);
    }
}
