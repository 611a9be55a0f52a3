using OnnxChat.Samples;

Dictionary<string, Func<string, TextWriter, CancellationToken, Task>> samples = new()
{
    ["kernel"] = KernelSample.RunAsync,
    ["pipeline"] = PipelineSample.RunAsync,
    ["agent"] = AgentSample.RunAsync,
    ["worker"] = WorkerSample.RunAsync,
    ["bot"] = BotSample.RunAsync,
    ["mcp"] = McpSample.RunAsync,
    ["evaluation"] = EvaluationSample.RunAsync,
};
if (args is not [var name, .. var rest] || !samples.TryGetValue(name, out var run))
{
    await Console.Error.WriteLineAsync($"Usage: dotnet run --project samples -- SAMPLE [MODEL FOLDER], where SAMPLE is {string.Join(", ", samples.Keys)}.");
    return 2;
}

await run(rest is [var model, ..] ? model : "models/starter", Console.Out, CancellationToken.None);
return 0;
