using System.Diagnostics;
using Microsoft.ML.OnnxRuntimeGenAI;
using OnnxChat.Connector;
using OnnxChat.Connector.Generation.GenAI;
using OnnxChat.Connector.ModelFolders;

namespace OnnxChat.Throughput.Engines;

/// <summary>GenAI's C# interface as its samples use it, with the service's own thread count.</summary>
internal sealed class RawEngine(string folder) : IEngine
{
    // GenAI refuses larger batches.
    private const int MostRows = 32;

    private readonly GenAIModel _model = GenAIModel.Load(ModelFolder.Open(folder), new OnnxChatOptions().EffectiveThreads);

    public Task<(int Tokens, double Seconds, double[] FirstTokenSeconds)> RunAsync(Workload workload)
    {
        if (workload.Arrival == Arrival.BesideLong)
            throw new NotSupportedException("GenAI's loop runs one batch at a time; there is nothing beside it.");
        var firsts = new List<double>();
        var tokens = 0;
        var watch = Stopwatch.StartNew();
        foreach (var prompts in workload.Prompts().Chunk(workload.Arrival == Arrival.Together ? MostRows : 1))
        {
            var arrived = workload.Arrival == Arrival.Together ? 0 : watch.Elapsed.TotalSeconds;
            using var parameters = new GeneratorParams(_model.Native);
            parameters.SetSearchOption("max_length", workload.PromptTokens + workload.NewTokens);
            parameters.SetSearchOption("do_sample", false);
            if (prompts.Length > 1)
                parameters.SetSearchOption("batch_size", prompts.Length);
            using var generator = new Generator(_model.Native, parameters);
            generator.AppendTokens(prompts.SelectMany(p => p).ToArray());
            for (var step = 0; step < workload.NewTokens && !generator.IsDone(); step++)
            {
                generator.GenerateNextToken();
                tokens += prompts.Length;
                if (step == 0)
                    firsts.AddRange(Enumerable.Repeat(watch.Elapsed.TotalSeconds - arrived, prompts.Length));
            }
        }

        return Task.FromResult((tokens, watch.Elapsed.TotalSeconds, firsts.ToArray()));
    }

    public ValueTask DisposeAsync()
    {
        _model.Dispose();
        return ValueTask.CompletedTask;
    }
}
