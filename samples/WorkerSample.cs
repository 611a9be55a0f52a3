using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace OnnxChat.Samples;

/// <summary>A worker service: the model is loaded before the first question, and the application ends after the last.</summary>
internal static class WorkerSample
{
    public static async Task RunAsync(string model, TextWriter output, CancellationToken cancellationToken)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddOnnxChat(model);
        builder.Services.AddSingleton(output);
        builder.Services.AddHostedService<Answering>();
        await builder.Build().RunAsync(cancellationToken);
    }

    private sealed class Answering(IChatClient chat, TextWriter output, IHostApplicationLifetime application) : BackgroundService
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            foreach (var question in new[] { "Where is my order?", "怎么退货？" })
                await output.WriteLineAsync((await chat.GetResponseAsync(question, cancellationToken: stoppingToken)).Text);
            application.StopApplication();
        }
    }
}
