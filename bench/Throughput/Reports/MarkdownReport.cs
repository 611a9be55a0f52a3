using System.Globalization;
using System.Text;
using OnnxChat.Throughput.Engines;
using OnnxChat.Throughput.Llama;
using OnnxChat.Throughput.Measuring;

namespace OnnxChat.Throughput.Reports;

/// <summary>The results as Markdown: requirements and ratios first, this machine's own figures after them.</summary>
internal sealed class MarkdownReport(Results results, string plotFile)
{
    private readonly StringBuilder _text = new();

    public static string NameOf(EngineKind engine) => engine switch
    {
        EngineKind.Raw => "GenAI's own loop, int8",
        EngineKind.Service => "the service, int8",
        _ => "llama.cpp, q8_0",
    };

    public string Write()
    {
        Line($"# Results");
        Line($"");
        Line($"GPT-2 of 124 million parameters with random weights, {Scenarios.PromptTokens} prompt tokens and {Scenarios.NewTokens} new ones a request, greedy. Each figure is the median of {results.Rounds.Count} rounds, in which the engines took turns; ratios are taken within a round.");
        Line($"");
        WriteRequirements();
        Line($"");
        Line($"![Tokens a second against llama.cpp]({plotFile})");
        Line($"");
        WriteRatios();
        Line($"");
        WriteSpeeds();
        Line($"");
        WriteUse();
        Line($"");
        WriteSetup();
        return _text.ToString();
    }

    private void WriteRequirements()
    {
        Line($"## Held to");
        Line($"");
        Line($"| what | asked | measured | rounds | met |");
        Line($"| --- | --- | --- | --- | --- |");
        foreach (var requirement in Requirements.Of(results))
        {
            var spread = requirement.Measured.Length > 1 ? Text($"{requirement.Measured.Min():0.##} to {requirement.Measured.Max():0.##}") : "all together";
            Line($"| {requirement.What} | {(requirement.IsLeast ? "at least" : "at most")} {requirement.Limit} | {requirement.Median:0.##} | {spread} | {(requirement.IsMet ? "yes" : "no")} |");
        }

        if (!results.HasLlama)
            Line($"\nllama.cpp was left out of this run.");
    }

    private void WriteRatios()
    {
        Line($"## The service against the others");
        Line($"");
        Line($"| requests together | against | tokens a second | time to first token, times sooner |");
        Line($"| --- | --- | --- | --- |");
        foreach (var requests in Scenarios.Levels)
        {
            foreach (var other in results.Engines.Where(e => e != EngineKind.Service))
            {
                var scenario = Scenarios.Level(requests);
                var speed = results.Ratios(EngineKind.Service, other, scenario, m => m.TokensPerSecond).Median();
                var sooner = results.Ratios(other, EngineKind.Service, scenario, m => m.FirstTokenSeconds.Median()).Median();
                Line($"| {requests} | {NameOf(other)} | {speed:0.00} | {sooner:0.00} |");
            }
        }
    }

    private void WriteSpeeds()
    {
        Line($"## Speeds of this machine");
        Line($"");
        Line($"| requests together | engine | tokens a second | first token p50, ms | p99, ms | processor ms a token |");
        Line($"| --- | --- | --- | --- | --- | --- |");
        foreach (var requests in Scenarios.Levels)
        {
            foreach (var engine in results.Engines)
            {
                var scenario = Scenarios.Level(requests);
                var speed = results.OfRounds(r => r.Figure(engine, scenario, m => m.TokensPerSecond)).Median();
                var firsts = results.FirstTokenSeconds(engine, scenario).ToArray();
                var processor = results.OfRounds(r => r.Figure(engine, scenario, m => m.CpuSeconds / m.Tokens)).Median();
                Line($"| {requests} | {NameOf(engine)} | {speed:0} | {firsts.Percentile(50) * 1e3:0} | {firsts.Percentile(99) * 1e3:0} | {processor * 1e3:0.0} |");
            }
        }

        Line($"");
        Line($"Short requests are {Scenarios.ShortAlone.PromptTokens} + {Scenarios.ShortAlone.NewTokens} tokens, one after another. Beside them, in the second line, a reply of 900 tokens is under way, and before every fourth a prompt of 900 tokens arrives.");
        Line($"");
        Line($"| short requests | first token p50, ms | p99, ms |");
        Line($"| --- | --- | --- |");
        foreach (var (name, scenario) in new[] { ("alone", Scenarios.ShortAlone), ("beside 900-token ones", Scenarios.ShortBesideLong) })
        {
            var firsts = results.FirstTokenSeconds(EngineKind.Service, scenario).ToArray();
            Line($"| {name} | {firsts.Percentile(50) * 1e3:0} | {firsts.Percentile(99) * 1e3:0} |");
        }
    }

    private void WriteUse()
    {
        Line($"## Decode of one stream, and memory");
        Line($"");
        Line($"| engine | tokens a second | of the memory's bandwidth | resident after one request, MB | after {Scenarios.Levels[^1]} together, MB |");
        Line($"| --- | --- | --- | --- | --- |");
        foreach (var engine in results.Engines)
        {
            var decode = results.OfRounds(r => r.Figure(engine, Scenarios.Level(1), m => m.DecodeTokensPerSecond)).Median();
            Line($"| {NameOf(engine)} | {decode:0} | {results.BandwidthShare(engine).Median() * 100:0} % | {results.ResidentBytes(engine, 1) / 1e6:0} | {results.ResidentBytes(engine, Scenarios.Levels[^1]) / 1e6:0} |");
        }

        Line($"");
        Line($"A token reads {results.WeightBytes / 1e6:0} MB of int8 weights; the machine read {results.OfRounds(r => r.Bandwidth).Median() / 1e9:0.0} GB a second with all processors in the same run. Every process holds the .NET runtime too.");
    }

    private void WriteSetup()
    {
        Line($"## How");
        Line($"");
        Line($"- {Environment.ProcessorCount} processors, {System.Runtime.InteropServices.RuntimeInformation.OSDescription}, .NET {Environment.Version}.");
        Line($"- Each engine has a process of its own and is idle while another is measured.");
        Line($"- GenAI's own loop runs requests that come together as one static batch, of 32 at most.");
        if (!results.HasLlama)
            return;
        Line($"- {LlamaLibrary.Version}. All sequences are in one batch, its threads stay between calls, the next token is found with vector instructions, and making the context is not counted.");
        foreach (var (requests, settings) in results.LlamaSettings)
            Line($"- Fastest settings found for llama.cpp with {requests} {(requests == 1 ? "request" : "requests or more")}: {settings}.");
    }

    private void Line(FormattableString text) => _text.Append(Text(text)).Append('\n');

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
