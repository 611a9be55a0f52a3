using System.Diagnostics;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;
using OnnxChat.Connector;

namespace OnnxChat.Samples;

/// <summary>Microsoft.Extensions.AI: a cache and telemetry before the model. The second question comes from the cache.</summary>
internal static class PipelineSample
{
    public static async Task RunAsync(string model, TextWriter output, CancellationToken cancellationToken)
    {
        // OpenTelemetry's AddSource(OnnxChatService.TelemetryName) listens in the same way.
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == OnnxChatService.TelemetryName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = span => output.WriteLine($"{span.DisplayName}: {span.GetTagItem("gen_ai.usage.output_tokens")} tokens"),
        };
        ActivitySource.AddActivityListener(listener);
        var cache = new MemoryDistributedCache(Options.Create(new MemoryDistributedCacheOptions()));
        using var chat = new OnnxChatService(model).AsBuilder()
            .ConfigureOptions(options => options.Temperature = 0)
            .UseDistributedCache(cache)
            .UseOpenTelemetry()
            .Build();

        for (var i = 0; i < 2; i++)
            await output.WriteLineAsync((await chat.GetResponseAsync("How long does shipping take?", cancellationToken: cancellationToken)).Text);
    }
}
