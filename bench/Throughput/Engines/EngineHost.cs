using System.Text.Json;

namespace OnnxChat.Throughput.Engines;

/// <summary>The process of one engine: a command a line in, an answer a line out, until the input ends.</summary>
internal sealed class EngineHost(EngineKind kind, string model)
{
    public async Task RunAsync()
    {
        await using var engine = Create();
        await WriteAsync(new EngineAnswer());
        while (await Console.In.ReadLineAsync() is { } line)
            await WriteAsync(await AnswerAsync(engine, JsonSerializer.Deserialize<EngineCommand>(line)!));
    }

    private IEngine Create() => kind switch
    {
        EngineKind.Raw => new RawEngine(model),
        EngineKind.Service => new ServiceEngine(model),
        _ => new LlamaEngine(model),
    };

    private static async Task<EngineAnswer> AnswerAsync(IEngine engine, EngineCommand command)
    {
        try
        {
            if (command.Tune)
                return new EngineAnswer(Settings: engine.Tune(command.Workload));
            // Garbage of the run before must not be collected in this one.
            GC.Collect();
            var allocated = GC.GetTotalAllocatedBytes(precise: true);
            var processor = Environment.CpuUsage.TotalTime;
            var (tokens, seconds, firsts) = await engine.RunAsync(command.Workload);
            processor = Environment.CpuUsage.TotalTime - processor;
            allocated = GC.GetTotalAllocatedBytes(precise: true) - allocated;
            return new EngineAnswer(new Measurement(tokens, seconds, firsts, processor.TotalSeconds, allocated, Environment.WorkingSet));
        }
#pragma warning disable CA1031 // The parent gets the error and ends the run with it.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return new EngineAnswer(Error: e.Message);
        }
    }

    private static async Task WriteAsync(EngineAnswer answer)
    {
        await Console.Out.WriteLineAsync(JsonSerializer.Serialize(answer));
        await Console.Out.FlushAsync();
    }
}
