using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.SemanticKernel;

namespace OnnxChat.Connector.Tests.Documentation;

/// <summary>The code of docs/connector.md, as it stands there.</summary>
internal static class Samples
{
    public static async Task SemanticKernelAsync()
    {
        var kernel = Kernel.CreateBuilder().AddOnnxChat("models/starter").Build();
        var settings = new OnnxChatPromptExecutionSettings { Temperature = 0, MaxTokens = 60 };
        var arguments = new KernelArguments(settings) { ["question"] = "How long does shipping take?" };

        var answer = await kernel.InvokePromptAsync("{{$question}}", arguments);

        var confidence = (OnnxChatConfidence)answer.Metadata!["OnnxChat.Confidence"]!;
        Console.WriteLine($"{answer} ({Math.Exp(confidence.MeanLogProbability):P0} sure)");
    }

    public static async Task ExtensionsAIAsync(ILoggerFactory loggers)
    {
        using var chat = new OnnxChatService("models/starter").AsBuilder()
            .UseLogging(loggers)
            .UseOpenTelemetry()
            .Build();

        await foreach (var update in chat.GetStreamingResponseAsync("How long does shipping take?"))
            Console.Write(update.Text);
    }

    public static async Task WorkerAsync(string[] args)
    {
        var builder = Host.CreateApplicationBuilder(args);
        builder.Services.AddOnnxChat("models/starter");
        builder.Services.AddHostedService<Answering>();
        await builder.Build().RunAsync();
    }

    internal sealed class Answering(IChatClient chat, IHostApplicationLifetime application) : BackgroundService
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            var answer = await chat.GetResponseAsync("How long does shipping take?", cancellationToken: stoppingToken);
            Console.WriteLine(answer.Text);
            application.StopApplication();
        }
    }
}
