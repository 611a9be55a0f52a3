using System.CommandLine;
using OnnxChat.Throughput.Engines;
using OnnxChat.Throughput.Llama;
using OnnxChat.Throughput.Lookup;
using OnnxChat.Throughput.Measuring;
using OnnxChat.Throughput.Models;
using OnnxChat.Throughput.Reports;

namespace OnnxChat.Throughput;

/// <summary>The program's command line.</summary>
internal static class BenchCommand
{
    private const string ReportFile = "RESULTS.md";
    private const string PlotFile = "results.svg";

    public static RootCommand Create()
    {
        var rounds = new Option<int>("--rounds") { Description = "Rounds to measure, 1 or more.", DefaultValueFactory = _ => 5 };
        rounds.Validators.Add(result =>
        {
            if (result.GetValue(rounds) < 1)
                result.AddError($"--rounds is {result.GetValue(rounds)}; it takes 1 or more.");
        });
        var quick = new Option<bool>("--quick") { Description = "One run of everything, llama.cpp with the settings that are usually best: says whether it works." };
        var output = new Option<DirectoryInfo>("--output") { Description = $"Where {ReportFile} and {PlotFile} go.", DefaultValueFactory = _ => new DirectoryInfo(".") };
        var withoutLlama = new Option<bool>("--without-llama") { Description = "Leaves the peer out." };
        var check = new Option<DirectoryInfo?>("--check") { Description = "Measures nothing: compares llama.cpp's greedy tokens with the service's on the model in this folder (tests/fixtures/gpt2-tiny)." };
        var lookup = new Option<DirectoryInfo?>("--lookup") { Description = "Measures the score of a reply instead, with the index of the calibrated model in this folder; needs --questions." };
        var questions = new Option<FileInfo?>("--questions") { Description = "Questions for --lookup: JSONL with \"user\" and \"assistant\"." };
        var command = new RootCommand("Measures the service beside GenAI's own loop and llama.cpp, in turn and in one run.") { rounds, quick, output, withoutLlama, check, lookup, questions };
        command.Validators.Add(result =>
        {
            if (result.GetResult(lookup) is null != result.GetResult(questions) is null)
                result.AddError("--lookup and --questions need each other.");
        });
        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (parsed.GetValue(lookup) is { } calibrated)
            {
                await Console.Out.WriteLineAsync(LookupBench.Run(calibrated.FullName, parsed.GetRequiredValue(questions)!.FullName));
                return 0;
            }

            var hasLlama = !parsed.GetValue(withoutLlama);
            if (hasLlama && LlamaLibrary.Folder is null)
            {
                await Console.Error.WriteLineAsync(LlamaLibrary.Missing);
                return 1;
            }

            if (parsed.GetValue(check) is { } fixture)
                return await CheckAsync(fixture.FullName);
            try
            {
                return await MeasureAsync(parsed.GetValue(quick) ? 1 : parsed.GetValue(rounds), parsed.GetValue(quick), hasLlama, parsed.GetValue(output)!.FullName, cancellationToken);
            }
            catch (InvalidOperationException) when (cancellationToken.IsCancellationRequested)
            {
                // The processes of the engines were ended in the middle of what they were asked.
                return 1;
            }
        });
        return command;
    }

    private static async Task<int> CheckAsync(string folder)
    {
        var difference = await GreedyCheck.RunAsync(Path.Combine(folder, "checkpoints", "model.safetensors"), Path.Combine(folder, "tokenizer-saved"));
        await Console.Out.WriteLineAsync(difference ?? "llama.cpp and the service give the same greedy tokens.");
        return difference is null ? 0 : 1;
    }

    private static async Task<int> MeasureAsync(int rounds, bool quick, bool hasLlama, string output, CancellationToken cancellationToken)
    {
        await Console.Error.WriteLineAsync("writing the model");
        using var models = BenchModels.Write(hasLlama);
        var engines = new List<EngineProcess>();
        try
        {
            engines.Add(await EngineProcess.StartAsync(EngineKind.Raw, models.Onnx, cancellationToken));
            engines.Add(await EngineProcess.StartAsync(EngineKind.Service, models.Onnx, cancellationToken));
            if (hasLlama)
                engines.Add(await EngineProcess.StartAsync(EngineKind.Llama, models.Gguf, cancellationToken));
            var results = await new Comparison(engines, models.WeightBytes, Console.Error.WriteLine).RunAsync(rounds, quick);
            var report = new MarkdownReport(results, PlotFile).Write();
            Directory.CreateDirectory(output);
            await File.WriteAllTextAsync(Path.Combine(output, ReportFile), report, cancellationToken);
            await File.WriteAllTextAsync(Path.Combine(output, PlotFile), new Plot(results).Write(), cancellationToken);
            await Console.Out.WriteLineAsync(report);
            return 0;
        }
        finally
        {
            foreach (var engine in engines)
                await engine.DisposeAsync();
        }
    }
}
