using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.ML.OnnxRuntimeGenAI;
using OnnxChat.Connector;
using OnnxChat.Connector.Chat;
using OnnxChat.Connector.Generation;
using OnnxChat.Connector.Generation.GenAI;
using OnnxChat.Throughput;

// Tokens a second for requests of 128 prompt tokens and 64 new ones on a GPT-2 of 124 million parameters in int8, all ways
// in one run and in turn, so that a machine that slows down slows all of them. Ratios are what to read.
const int PromptTokens = 128;
const int NewTokens = 64;
const int Together = 16;
var rounds = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 5;

var folder = Directory.CreateTempSubdirectory("onnxchat-bench-").FullName;
try
{
    new RandomGpt2().Write(folder);
    await using var model = LoadedModel.Load(new OnnxChatOptions { ModelPath = folder }, NullLogger.Instance);
    var native = ((GenAIModel)model.Model).Native;
    var ways = new (string Name, int Requests, Func<int, Task<int>> Run)[]
    {
        ("GenAI's own loop, one request", 1, seed => Task.FromResult(Raw(native, Prompt(seed)))),
        ("the service, one request", 1, seed => GenerateAsync(model, Prompt(seed))),
        ($"the service, {Together} requests one after another", Together, async seed => await OneAfterAnotherAsync(model, seed)),
        ($"the service, {Together} requests together", Together, async seed => (await Task.WhenAll(Enumerable.Range(0, Together).Select(i => GenerateAsync(model, Prompt(seed + i))))).Sum()),
    };
    var speeds = ways.Select(_ => new List<double>()).ToArray();
    for (var round = -1; round < rounds; round++)
    {
        for (var way = 0; way < ways.Length; way++)
        {
            var watch = Stopwatch.StartNew();
            var tokens = await ways[way].Run(round * 100);
            if (round >= 0)
                speeds[way].Add(tokens / watch.Elapsed.TotalSeconds);
        }
    }

    Console.WriteLine($"| {PromptTokens} + {NewTokens} tokens, int8, 124M, {Environment.ProcessorCount} processors, {rounds} rounds | tokens a second, median | against the line above |");
    Console.WriteLine("| --- | --- | --- |");
    for (var way = 0; way < ways.Length; way++)
    {
        var ratio = way == 0 ? "" : Median(speeds[way].Zip(speeds[way - 1], (a, b) => a / b)).ToString("0.00", CultureInfo.InvariantCulture);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {ways[way].Name} | {Median(speeds[way]):0} | {ratio} |"));
    }
}
finally
{
    Directory.Delete(folder, recursive: true);
}

static double Median(IEnumerable<double> values)
{
    var sorted = values.Order().ToList();
    return sorted[sorted.Count / 2];
}

static int[] Prompt(int seed)
{
    var random = new Random(seed);
    return [.. Enumerable.Range(0, PromptTokens).Select(_ => random.Next(256, 50_000))];
}

static int Raw(Model model, int[] prompt)
{
    using var parameters = new GeneratorParams(model);
    parameters.SetSearchOption("max_length", PromptTokens + NewTokens);
    parameters.SetSearchOption("do_sample", false);
    using var generator = new Generator(model, parameters);
    generator.AppendTokens(prompt);
    var count = 0;
    for (; count < NewTokens && !generator.IsDone(); count++)
        generator.GenerateNextToken();
    return count;
}

static async Task<int> OneAfterAnotherAsync(LoadedModel model, int seed)
{
    var tokens = 0;
    for (var i = 0; i < Together; i++)
        tokens += await GenerateAsync(model, Prompt(seed + i));
    return tokens;
}

static async Task<int> GenerateAsync(LoadedModel model, int[] prompt)
{
    var request = new GenerationRequest
    {
        Prompt = prompt,
        MaxTokens = NewTokens,
        Sampling = new ReplySettings { Temperature = 0 }.ToSampling(model.Folder.Configuration),
        StopSequences = [],
        WholeContinuation = true,
    };
    var tokens = 0;
    await foreach (var step in model.GenerateAsync(request, CancellationToken.None))
        tokens++;
    return tokens;
}
