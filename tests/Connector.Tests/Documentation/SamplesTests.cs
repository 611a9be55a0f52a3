using Microsoft.Extensions.Logging.Abstractions;
using OnnxChat.Testing;

namespace OnnxChat.Connector.Tests.Documentation;

/// <summary>The samples of docs/connector.md are those that are compiled here, and they run.</summary>
[Collection(nameof(SamplesTests))]
public sealed class SamplesTests : IDisposable
{
    private readonly string _folder = Environment.CurrentDirectory;
    private readonly TextWriter _console = Console.Out;
    private readonly StringWriter _output = new();

    public SamplesTests()
    {
        // As a reader has it: in the repository's root, looking at the console.
        Environment.CurrentDirectory = Repository.Root;
        Console.SetOut(_output);
    }

    public void Dispose()
    {
        Environment.CurrentDirectory = _folder;
        Console.SetOut(_console);
    }

    [Fact]
    public void Page_EverySampleOfUse_IsCompiledHere()
    {
        var samples = Lines(File.ReadAllText(Path.Combine(Repository.Root, "tests", "Connector.Tests", "Documentation", "Samples.cs")));
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "connector.md"));
        var blocks = page[page.IndexOf("## Use it", StringComparison.Ordinal)..page.IndexOf("## Register it", StringComparison.Ordinal)]
            .Split("```").Where(b => b.StartsWith("csharp\n", StringComparison.Ordinal)).Select(b => Lines(b["csharp\n".Length..])).ToList();

        Assert.Equal(4, blocks.Count);
        Assert.All(blocks, block => Assert.Contains(block, samples, StringComparison.Ordinal));
        Assert.All(blocks, block => Assert.InRange(block.Split('\n').Length, 1, 10));
    }

    [Fact]
    public async Task SemanticKernel_Run_PrintsAnAnswerAndItsConfidence()
    {
        await Samples.SemanticKernelAsync();

        Assert.Matches(@"^\S.{20,} \(\d+\s?% sure\)\s*$", _output.ToString());
    }

    [Fact]
    public async Task ExtensionsAI_Run_StreamsAnAnswer()
    {
        await Samples.ExtensionsAIAsync(NullLoggerFactory.Instance);

        Assert.True(_output.ToString().Length > 20);
    }

    [Fact]
    public async Task Worker_Run_AnswersAndStops()
    {
        await Samples.WorkerAsync([]);

        Assert.True(_output.ToString().Length > 20);
    }

    private static string Lines(string code) => string.Join('\n', code.Split('\n').Select(l => l.Trim()).Where(l => l.Length > 0));
}

/// <summary>Console and working folder are the process's, so nothing runs beside the samples.</summary>
[CollectionDefinition(nameof(SamplesTests), DisableParallelization = true)]
public sealed class SamplesTestsAlone;
