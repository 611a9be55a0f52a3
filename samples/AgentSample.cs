using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;
using OnnxChat.Connector;

namespace OnnxChat.Samples;

/// <summary>An agent that plans with another model and asks the customer service by automatic function calling.</summary>
internal static class AgentSample
{
    public static async Task RunAsync(string model, TextWriter output, CancellationToken cancellationToken)
    {
        await using var service = new OnnxChatService(model);
        // In its place: any client that calls functions, such as OpenAI's by AsIChatClient() of Microsoft.Extensions.AI.OpenAI.
        using IChatClient planner = new ScriptedPlanner();

        var builder = Kernel.CreateBuilder();
        builder.Services.AddSingleton(planner.AsBuilder().UseKernelFunctionInvocation().Build().AsChatCompletionService());
        var kernel = builder.Build();
        kernel.Plugins.AddCustomerService(service);

        var arguments = new KernelArguments(new PromptExecutionSettings { FunctionChoiceBehavior = FunctionChoiceBehavior.Auto() });
        foreach (var question in new[] { "How do I return my boots?", "Can my brother collect his refund at the store with my gift card?" })
            await output.WriteLineAsync($"{question}\n  {await kernel.InvokePromptAsync(question, arguments, cancellationToken: cancellationToken)}");
    }
}
